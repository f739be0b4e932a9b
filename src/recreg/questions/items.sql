SELECT item.ref, item.hmicfrs_ref, item.kind, inspection.code AS inspection, item.number, parent.ref AS parent, item.title, item.text, item.addressees, item.ours, item.waiting_on, item.mandatory, item.acceptance, item.deadline_words, item.deadline_on, item.deadline_precision, item.target_on, item.original_target_on, item.times_deferred, person.name AS owner, board.name AS board, portfolio.name AS portfolio, item.status, item.rag, item.rag_why, item.review_every_months, item.last_review_on, item.next_review_on, item.added_on, item.submitted_on, item.closed_on, item.closed_as, item.closed_letter, item.closed_why, item.decided_by, item.approved_by, closed_of.ref AS closed_of
FROM item
LEFT OUTER JOIN inspection ON inspection.id = item.inspection_id
LEFT OUTER JOIN item AS parent ON parent.id = item.parent_id
LEFT OUTER JOIN item AS closed_of ON closed_of.id = item.closed_of_id
LEFT OUTER JOIN person ON person.id = item.owner_id
LEFT OUTER JOIN board ON board.id = item.board_id
LEFT OUTER JOIN portfolio ON portfolio.id = item.portfolio_id
WHERE item.withdrawn_on IS NULL
AND (:closed IS NULL OR (item.closed_on IS NOT NULL) = :closed)
AND (:ours IS NULL OR item.ours = :ours)
AND (:kind IS NULL OR item.kind IN (SELECT each_kind.value
FROM json_each(:kind) AS each_kind))
AND (:status IS NULL OR item.status IN (SELECT each_status.value
FROM json_each(:status) AS each_status))
AND (:rag IS NULL OR item.rag IN (SELECT each_rag.value
FROM json_each(:rag) AS each_rag))
AND (:owner IS NULL OR item.owner_id IN (SELECT each_owner.value
FROM json_each(:owner) AS each_owner))
AND (:board IS NULL OR item.board_id IN (SELECT each_board.value
FROM json_each(:board) AS each_board))
AND (:portfolio IS NULL OR item.portfolio_id IN (SELECT each_portfolio.value
FROM json_each(:portfolio) AS each_portfolio))
AND (:inspection IS NULL OR item.inspection_id IN (SELECT each_inspection.value
FROM json_each(:inspection) AS each_inspection))
AND (:parent IS NULL OR item.parent_id IN (SELECT each_parent.value
FROM json_each(:parent) AS each_parent))
AND (:no_update_since IS NULL OR NOT ((EXISTS (SELECT *
FROM note
WHERE note.item_id = item.id AND note.noted_on >= :no_update_since)) OR (EXISTS (SELECT *
FROM review
WHERE review.item_id = item.id AND review.held_on >= :no_update_since)) OR (EXISTS (SELECT *
FROM evidence_item, evidence
WHERE evidence_item.item_id = item.id AND evidence_item.evidence_id = evidence.id AND evidence.received_on >= :no_update_since))))
AND (:holding IS NULL OR item.id IN (SELECT each_holding.value
FROM json_each(:holding) AS each_holding))
ORDER BY item.id
