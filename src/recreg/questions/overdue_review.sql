SELECT item.next_review_on AS due_on, item.ref, item.hmicfrs_ref, item.kind, item.title, person.name AS owner, board.name AS board, item.rag, item.last_review_on, NOT (item.parent_id IS NULL OR parent.kind = 'cause_of_concern') AS is_part
FROM item
LEFT OUTER JOIN person ON person.id = item.owner_id
LEFT OUTER JOIN board ON board.id = item.board_id
LEFT OUTER JOIN portfolio ON portfolio.id = item.portfolio_id
LEFT OUTER JOIN item AS parent ON parent.id = item.parent_id
WHERE item.closed_on IS NULL AND item.withdrawn_on IS NULL AND item.next_review_on < :before
AND (:ours IS NULL OR item.ours = :ours)
AND (:owner IS NULL OR item.owner_id IN (SELECT each_owner.value
FROM json_each(:owner) AS each_owner))
ORDER BY item.next_review_on, item.id
