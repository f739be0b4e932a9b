SELECT item.ref, item.hmicfrs_ref, item.kind, inspection.code AS inspection, item.number, parent.ref AS parent, item.title, item.text, item.addressees, item.ours, item.waiting_on, item.mandatory, item.acceptance, item.deadline_words, item.deadline_on, item.deadline_precision, item.target_on, item.original_target_on, item.times_deferred, person.name AS owner, board.name AS board, portfolio.name AS portfolio, item.status, item.rag, item.rag_why, item.review_every_months, item.last_review_on, item.next_review_on, item.added_on, item.submitted_on, item.closed_on, item.closed_as, item.closed_letter, item.closed_why, item.decided_by, item.approved_by, closed_of.ref AS closed_of, item.id, item.ours_why, item.acceptance_why, item.acceptance_by, item.deadline_why, item.deadline_letter, item.target_why, item.target_approved_by, item.completed_on, agreed_by.name AS agreed_by, item.sign_off_level, item.times_sent_back, item.times_returned, item.returned_on, item.returned_why, item.times_reopened, item.reopened_on, item.reopened_why, item.withdrawn_on, item.withdrawn_why
FROM item
LEFT OUTER JOIN inspection ON inspection.id = item.inspection_id
LEFT OUTER JOIN item AS parent ON parent.id = item.parent_id
LEFT OUTER JOIN item AS closed_of ON closed_of.id = item.closed_of_id
LEFT OUTER JOIN person ON person.id = item.owner_id
LEFT OUTER JOIN board ON board.id = item.board_id
LEFT OUTER JOIN portfolio ON portfolio.id = item.portfolio_id
LEFT OUTER JOIN board AS agreed_by ON agreed_by.id = item.agreed_by_id
WHERE item.id = :item_id
