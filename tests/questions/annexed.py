"""A form with everything that the language has: conditional and repeated sections, tables, groups, a summary."""

from __future__ import annotations

ANNEXED = """\
key: annexed
title: {sv: Ansökan med bilagor, en: Application with annexes}
intro: {sv: Ett prov., en: A trial.}
purpose: application
received: on_signatures
facts: {title: name, period: period, parties: parties, amount: whole.applied, signatories: signatories}
sections:
  - id: common
    title: {sv: Gemensam del, en: Common part}
    questions:
      - {id: name, kind: text, label: {sv: Namn, en: Name}}
      - {id: period, kind: period, label: {sv: Tid, en: Period}}
      - {id: parties, kind: cooperating_parties, label: {sv: Parter, en: Parties}}
      - {id: has_staff, kind: yes_no, label: {sv: "Anställer ni?", en: "Do you employ?"}}
      - id: budget
        kind: budget
        label: {sv: Gemensam budget, en: Common budget}
        years: {count: 2, period: period}
        groups:
          - {id: steering, label: {sv: Styrning, en: Steering}}
          - {id: funding, label: {sv: Finansiering, en: Funding}}
        rows:
          - {id: lead, kind: cost, group: steering, label: {sv: Ledning, en: Management}}
          - {id: support, kind: cost, group: steering, label: {sv: Stöd, en: Support}}
          - {id: premises, kind: cost, label: {sv: Lokaler, en: Premises}}
          - {id: costs, kind: cost_total, label: {sv: Summa kostnader, en: Total costs}}
          - {id: fees, kind: income, label: {sv: Avgifter, en: Fees}}
          - {id: net, kind: net, label: {sv: Netto, en: Net}}
          - {id: own, kind: own_financing, group: funding, label: {sv: Egen, en: Own}}
          - {id: other, kind: other_financing, group: funding, label: {sv: Annan, en: Other}}
          - {id: applied, kind: applied, label: {sv: Sökt belopp, en: Amount applied for}}
  - id: staff
    title: {sv: Personal, en: Staff}
    show_when: {question: has_staff, equals: true}
    questions:
      - {id: posts, kind: number, decimals: 1, at_most: 20, unit: {sv: tjänster, en: posts},
         label: {sv: Tjänster, en: Posts}}
      - {id: share, kind: percent, at_least: 10, at_most: 100, label: {sv: Andel, en: Share}}
      - {id: reason, kind: long_text, formatted: true, max_words: 20, label: {sv: Varför, en: Why}}
  - id: plan
    title: {sv: Plan, en: Plan}
    questions:
      - id: activities
        kind: table
        label: {sv: Handlingsplan, en: Action plan}
        at_least: 1
        at_most: 3
        columns:
          - {id: goal, label: {sv: Mål, en: Goal}}
          - {id: how, label: {sv: Hur, en: How}, sort: long_text, required: false}
          - {id: when, label: {sv: När, en: When}, sort: date, required: false}
          - {id: cost, label: {sv: Kostnad, en: Cost}, sort: money, sum: true, required: false}
          - id: who
            label: {sv: Vem, en: Who}
            sort: choice
            required: false
            choices: [{id: we, label: {sv: Vi, en: We}}, {id: they, label: {sv: De, en: They}}]
          - {id: begun, label: {sv: Påbörjad, en: Begun}, sort: yes_no, required: false}
      - id: people
        kind: table
        label: {sv: Deltagare, en: Participants}
        row_sum: true
        fixed_rows:
          - {id: referred, label: {sv: Remitterade, en: Referred}}
          - {id: started, label: {sv: Började, en: Started}}
        columns:
          - {id: women, label: {sv: Kvinnor, en: Women}, sort: number, sum: true}
          - {id: men, label: {sv: Män, en: Men}, sort: number, sum: true}
      - {id: planned_cost, kind: money, required: false, label: {sv: Kostnad enligt plan, en: Planned cost}}
  - id: annex
    title: {sv: Kommunens bilaga, en: The municipality's annex}
    repeat: {at_least: 1, at_most: 3, called: {sv: Bilaga, en: Annex}, named_by: municipality}
    questions:
      - {id: municipality, kind: text, label: {sv: Kommun, en: Municipality}}
      - {id: own_period, kind: period, required: false, label: {sv: Egen tid, en: Own period}}
      - {id: has_group, kind: yes_no, label: {sv: "Egen målgrupp?", en: "Own target group?"}}
      - {id: group, kind: text, label: {sv: Målgrupp, en: Target group},
         show_when: {question: has_group, equals: true}}
      - id: annex_budget
        kind: budget
        label: {sv: Budget, en: Budget}
        years: {count: 2, period: period}
        rows:
          - {id: staff, kind: cost, label: {sv: Personal, en: Staff}}
          - {id: own, kind: own_financing, label: {sv: Egen finansiering, en: Own financing}}
          - {id: applied, kind: applied, label: {sv: Sökt, en: Applied for}}
      - {id: stated, kind: money, required: false, label: {sv: Sökt enligt beslut, en: Applied by decision}}
  - id: contribution
    title: {sv: Partens bidrag, en: The party's contribution}
    repeat: {for_each: parties}
    questions:
      - {id: gives, kind: text, label: {sv: Bidrar med, en: Contributes}}
  - id: total
    title: {sv: Helheten, en: The whole}
    questions:
      - {id: whole, kind: budget_summary, of: [budget, annex.annex_budget], label: {sv: Hela budgeten, en: The budget}}
      - {id: signatories, kind: signatories, parts: [name, organisation, email, capacity],
         label: {sv: Underskrifter, en: Signatures}}
checks:
  - {kind: sum_equals, question: stated, budget: annex_budget, row: applied}
  - {kind: within, inner: own_period, outer: period}
  - {kind: principals, question: parties, at_least: 2}
  - kind: column_equals
    table: activities
    column: cost
    question: planned_cost
    message: {sv: Planens kostnad stämmer inte., en: The cost of the plan does not agree.}
"""
