SELECT item.ref, item.hmicfrs_ref, item.kind, inspection.code AS inspection, item.number, parent.ref AS parent, item.title, item.text, item.addressees, item.ours, item.waiting_on, item.mandatory, item.acceptance, item.deadline_words, item.deadline_on, item.deadline_precision, item.target_on, item.original_target_on, item.times_deferred, person.name AS owner, board.name AS board, portfolio.name AS portfolio, item.status, item.rag, item.rag_why, item.review_every_months, item.last_review_on, item.next_review_on, item.added_on, item.submitted_on, item.closed_on, item.closed_as, item.closed_letter, item.closed_why, item.decided_by, item.approved_by, closed_of.ref AS closed_of
FROM item
LEFT OUTER JOIN inspection ON inspection.id = item.inspection_id
LEFT OUTER JOIN item AS parent ON parent.id = item.parent_id
LEFT OUTER JOIN item AS closed_of ON closed_of.id = item.closed_of_id
LEFT OUTER JOIN person ON person.id = item.owner_id
LEFT OUTER JOIN board ON board.id = item.board_id
LEFT OUTER JOIN portfolio ON portfolio.id = item.portfolio_id
WHERE item.withdrawn_on IS NULL AND parent.kind = 'cause_of_concern' AND parent.closed_on IS NULL
ORDER BY item.parent_id, item.id
