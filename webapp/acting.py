"""What views share when somebody acts: the printed name of who does it, and a broken rule told in its form."""

from __future__ import annotations

from flask_wtf import FlaskForm

from paragraf.core.errors import NotThere, RuleBroken, SeveralRulesBroken
from webapp import access
from webapp.edge import undo
from webapp.language import told


def actor() -> str:
    """The printed name of whoever acts."""
    return access.me().name


def tell_in(form: FlaskForm, broken: RuleBroken) -> None:
    """Take the act back and say in the form what was wrong, at its field where there is one."""
    if isinstance(broken, NotThere):
        raise broken
    undo()
    for problem in broken.problems if isinstance(broken, SeveralRulesBroken) else [broken]:
        if problem.field in form:
            form[problem.field].errors = [*form[problem.field].errors, told(problem)]
        else:
            form.form_errors.append(told(problem))
