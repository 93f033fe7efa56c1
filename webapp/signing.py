"""Signing by link: who you are, read, sign. A link alone shows nothing of the document and changes nothing.

Until the code is typed all addresses hold the token; after it they hold the signatory's number only, which is worth
nothing without the cookie of the browser that typed the code.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from threading import Lock

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from forms.signing import AddressForm, CodeForm, DeclineForm, ShownForm, SignForm
from paragraf.chain import COMPLETED, DECLINED
from paragraf.core.errors import LinkExpired, LinkRefused, NotAllowed, NotThere, RuleBroken
from paragraf.people import queries as people
from paragraf.register import queries as register
from paragraf.register.models import Document
from paragraf.register.uploads import WORD
from paragraf.signing import operations, queries
from paragraf.signing.models import RoundPurpose, Signatory
from paragraf.signing.rules import RoundState, SignatoryState, may_dissent
from paragraf.signing.wording import capacity_of, declaration, thing_to_sign
from paragraf.word.reading_copy import reading_copy
from webapp import access
from webapp.edge import show_rule_broken, undo
from webapp.language import current, told

blueprint = Blueprint("signing", __name__, url_prefix="/signera")

_KEY, _ASKED = "signing_key", "signing_asked"
_COPIES_KEPT = 32


# --- step 1: who you are -------------------------------------------------------------------------------------------


@blueprint.get("/<token>/")
@access.by_link
def who(token: str) -> str | AnyResponse:
    """Ask for the address, and for the code once one has been asked for."""
    signatory = _by_token(token)
    if _is_identified(signatory):
        return redirect(url_for("signing.read", signatory_id=signatory.id))
    return _who_page(token, signatory, AddressForm(formdata=None))


@blueprint.post("/<token>/kod")
@access.by_link
def send_code(token: str) -> AnyResponse | tuple[str, int]:
    """Mail a code, if the typed address is the right one. The answer is the same if it is not."""
    signatory = _by_token(token)
    form = AddressForm()
    if not form.validate():
        return _who_page(token, signatory, form), 422
    key = cookie.setdefault(_KEY, secrets.token_urlsafe(32))
    operations.send_code(g.session, signatory, address=form.email.data or "", session_key=key, now=g.now)
    cookie[_ASKED] = signatory.id
    return redirect(url_for("signing.who", token=token, _anchor="kod"), 303)


@blueprint.post("/<token>/vem")
@access.by_link
def identify(token: str) -> AnyResponse | tuple[str, int]:
    """Take the code. A wrong one is counted: hence a redirect, which is committed, and not an error page."""
    signatory = _by_token(token)
    form = CodeForm()
    if not form.validate():
        return _who_page(token, signatory, AddressForm(formdata=None), form), 422
    code = form.code.data or ""
    if operations.identify(g.session, signatory, code=code, session_key=_key(), now=g.now, origin=_origin()):
        cookie.pop(_ASKED, None)
        return redirect(url_for("signing.read", signatory_id=signatory.id), 303)
    flash(_("Koden stämmer inte, eller så har den slutat gälla. Försök igen, eller be om en ny kod."), "error")
    return redirect(url_for("signing.who", token=token, _anchor="kod"), 303)


# --- step 2: read --------------------------------------------------------------------------------------------------


@blueprint.get("/dokument/<int:signatory_id>/")
@access.by_link
def read(signatory_id: int) -> str:
    """The document fills the page; after an answer, what happens next."""
    signatory = _identified(signatory_id)
    progress = queries.progress(g.session, signatory.round, now=g.now)
    step = next(step for step in progress.steps if step.signatory.id == signatory.id)
    shared = {"signatory": signatory, "progress": progress, "step": step, "capacity": _capacity(signatory)}
    if step.answered_at is None and progress.state in (RoundState.OPEN, RoundState.EXPIRED):
        form = ShownForm(formdata=None, sha256=signatory.round.document.sha256)
        return render_template("signing/read.html", form=form, **shared, **_document(signatory))
    # Who has signed may read again; what was withdrawn or declined is nobody's paper any more.
    readable = step.state is SignatoryState.SIGNED and progress.state is not RoundState.WITHDRAWN
    return render_template("signing/answered.html", **shared, **(_document(signatory) if readable else {}))


@blueprint.post("/dokument/<int:signatory_id>/")
@access.by_link
def go_on(signatory_id: int) -> AnyResponse:
    """Note which document the page showed, and go on to sign."""
    signatory = _identified(signatory_id)
    shown = ShownForm().sha256.data or ""
    operations.show(g.session, signatory, shown_sha256=shown, session_key=_key(), now=g.now, origin=_origin())
    return redirect(url_for("signing.sign", signatory_id=signatory.id), 303)


@blueprint.get("/dokument/<int:signatory_id>/word")
@access.by_link
def word_file(signatory_id: int) -> Response:
    """The very bytes that are signed."""
    return _file(_readable(signatory_id).round.document)


@blueprint.get("/dokument/<int:signatory_id>/pdf")
@access.by_link
def pdf_file(signatory_id: int) -> Response:
    """The PDF made from them, where there is one."""
    pdf = register.pdf_of(g.session, _readable(signatory_id).round.document)
    if pdf is None:
        raise NotThere("Det finns ingen PDF av dokumentet ännu. Öppna Word-filen i stället.")
    return _file(pdf)


# --- step 3: sign, or decline ----------------------------------------------------------------------------------------


@blueprint.get("/dokument/<int:signatory_id>/skriv-under")
@access.by_link
def sign(signatory_id: int) -> str | AnyResponse:
    """A declaration to tick, and a button."""
    signatory = _identified(signatory_id)
    if _is_over(signatory):
        return redirect(url_for("signing.read", signatory_id=signatory.id))
    return _sign_page(signatory, SignForm(formdata=None, sha256=signatory.round.document.sha256))


@blueprint.post("/dokument/<int:signatory_id>/skriv-under")
@access.by_link
def sign_now(signatory_id: int) -> AnyResponse | tuple[str, int]:
    """Sign the document that the page showed."""
    signatory = _identified(signatory_id)
    form = SignForm()
    if not form.validate():
        return _sign_page(signatory, form), 422
    operations.sign(
        g.session,
        signatory,
        shown_sha256=form.sha256.data or "",
        session_key=_key(),
        now=g.now,
        completed=COMPLETED,
        declaration=_declaration(signatory),
        dissent=form.dissent.data or "",
        origin=_origin(),
    )
    return redirect(url_for("signing.read", signatory_id=signatory.id), 303)


@blueprint.get("/dokument/<int:signatory_id>/avboj")
@access.by_link
def decline(signatory_id: int) -> str | AnyResponse:
    """What happens if I decline, and a place to say why."""
    signatory = _identified(signatory_id)
    if _is_over(signatory):
        return redirect(url_for("signing.read", signatory_id=signatory.id))
    return render_template("signing/decline.html", signatory=signatory, form=DeclineForm(formdata=None))


@blueprint.post("/dokument/<int:signatory_id>/avboj")
@access.by_link
def decline_now(signatory_id: int) -> AnyResponse | tuple[str, int]:
    """Decline."""
    signatory = _identified(signatory_id)
    form = DeclineForm()
    if not form.validate():
        return render_template("signing/decline.html", signatory=signatory, form=form), 422
    reason = form.reason.data or ""
    operations.decline(
        g.session, signatory, reason=reason, session_key=_key(), now=g.now, declined=DECLINED, origin=_origin()
    )
    return redirect(url_for("signing.read", signatory_id=signatory.id), 303)


# --- a new link ----------------------------------------------------------------------------------------------------


@blueprint.get("/ny-lank")
@access.public
def ask_for_link() -> str:
    """Ask for the address to mail a new link to."""
    return render_template("signing/new_link.html", form=AddressForm(formdata=None))


@blueprint.post("/ny-lank")
@access.public
def send_link() -> str | tuple[str, int]:
    """Mail new links to what waits for the holder of the address. The answer is the same if nothing does."""
    form = AddressForm()
    if not form.validate():
        return render_template("signing/new_link.html", form=form), 422
    operations.request_new_link(g.session, address=form.email.data or "", now=g.now)
    return render_template("signing/new_link_sent.html", email=form.email.data)


# --- what all of them need -------------------------------------------------------------------------------------------


@blueprint.after_request
def _keep_to_itself(response: Response) -> Response:
    """Neither caches, other sites nor search engines get to know the address or the page."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@blueprint.errorhandler(LinkRefused)
def _show_refused(error: LinkRefused) -> tuple[str, int]:
    form, expired = AddressForm(formdata=None), isinstance(error, LinkExpired)
    return render_template("signing/refused.html", form=form, expired=expired, message=told(error)), 410


@blueprint.errorhandler(NotAllowed)
def _show_not_identified(error: NotAllowed) -> tuple[str, int] | AnyResponse:
    """Nothing without the code. One whose hour has run out, in the same browser, begins again at step 1."""
    signatory_id = (request.view_args or {}).get("signatory_id", 0)
    token = operations.lapsed_link(g.session, signatory_id, session_key=_key())
    if token is not None:
        undo()
        flash(_("Det har gått mer än en timme sedan du visade vem du är. Gör det en gång till."), "info")
        return redirect(url_for("signing.who", token=token), 303)
    return render_template("signing/not_identified.html", message=told(error)), 403


@blueprint.errorhandler(RuleBroken)
def _show_rule_broken(error: RuleBroken) -> tuple[str | Response, int] | AnyResponse:
    """An act that was refused: back to the document, whose page tells where things stand, with the reason."""
    signatory_id = (request.view_args or {}).get("signatory_id")
    if request.method != "POST" or signatory_id is None or isinstance(error, NotThere):
        return show_rule_broken(error)
    undo()
    flash(told(error), "error")
    return redirect(url_for("signing.read", signatory_id=signatory_id), 303)


def _by_token(token: str) -> Signatory:
    return _at_home(operations.find_by_token(g.session, token, now=g.now, session_key=_key()))


def _identified(signatory_id: int) -> Signatory:
    return _at_home(operations.find_identified(g.session, signatory_id, session_key=_key(), now=g.now))


def _readable(signatory_id: int) -> Signatory:
    """Someone who may have the files: identified, and the document is still meant to be signed, or was."""
    signatory = _identified(signatory_id)
    state = queries.state_of(g.session, signatory.round, now=g.now)
    if state in (RoundState.WITHDRAWN, RoundState.DECLINED):
        raise NotThere("Dokumentet är tillbakadraget eller avböjt och går inte att läsa här.")
    return signatory


def _at_home(signatory: Signatory) -> Signatory:
    """Show the page as the association's own, in the signatory's language unless another was chosen."""
    g.association = people.association(g.session, signatory.association_id)
    g.slug = g.association.slug
    g.applicant_language = signatory.language
    return signatory


def _is_identified(signatory: Signatory) -> bool:
    if not _key():
        return False
    try:
        operations.find_identified(g.session, signatory.id, session_key=_key(), now=g.now)
    except NotAllowed:
        return False
    return True


def _is_over(signatory: Signatory) -> bool:
    state = queries.progress(g.session, signatory.round, now=g.now)
    mine = next(step for step in state.steps if step.signatory.id == signatory.id)
    return mine.answered_at is not None or state.state not in (RoundState.OPEN, RoundState.EXPIRED)


def _key() -> str:
    return str(cookie.get(_KEY, ""))


def _origin() -> operations.Origin:
    return operations.Origin(request.remote_addr or "", request.user_agent.string)


def _who_page(token: str, signatory: Signatory, address: AddressForm, code: CodeForm | None = None) -> str:
    asked = cookie.get(_ASKED) == signatory.id
    return render_template(
        "signing/who.html",
        token=token,
        thing=thing_to_sign(signatory.round.purpose, current()),
        from_outside=signatory.round.purpose is RoundPurpose.APPLICATION,
        last_day=signatory.link_last_day,
        address_form=address,
        code_form=(code or CodeForm(formdata=None)) if asked else None,
        asked=asked,
    )


def _sign_page(signatory: Signatory, form: SignForm) -> str:
    form.agree.label.text = _declaration(signatory)
    return render_template(
        "signing/sign.html",
        signatory=signatory,
        form=form,
        capacity=_capacity(signatory),
        may_dissent=may_dissent(signatory.round.purpose, signatory.capacity),
    )


def _capacity(signatory: Signatory) -> str:
    return capacity_of(signatory, current())


def _declaration(signatory: Signatory) -> str:
    return declaration(signatory.round.purpose, signatory, current())


def _document(signatory: Signatory) -> dict[str, object]:
    document = signatory.round.document
    return {"document": document, "copy": copies.of(document), "pdf": register.pdf_of(g.session, document)}


def _file(document: Document) -> Response:
    answer = make_response(document.content)
    answer.headers["Content-Type"] = document.media_type
    answer.headers.set("Content-Disposition", "attachment", filename=document.filename)
    return answer


class ReadingCopies:
    """The newest reading copies by SHA-256: frozen bytes give the same copy for ever."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Markup] = OrderedDict()
        self._lock = Lock()

    def of(self, document: Document) -> Markup | None:
        """The document as sanitised HTML, or None for one that is not a Word file."""
        if document.media_type != WORD:
            return None
        with self._lock:
            if document.sha256 in self._kept:
                self._kept.move_to_end(document.sha256)
                return self._kept[document.sha256]
        copy = Markup(reading_copy(document.content))  # noqa: S704 - sanitised there
        with self._lock:
            self._kept[document.sha256] = copy
            while len(self._kept) > _COPIES_KEPT:
                self._kept.popitem(last=False)
        return copy


copies = ReadingCopies()
