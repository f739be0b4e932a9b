SELECT item.original_target_on AS due_on, item.ref, item.hmicfrs_ref, item.kind, item.title, person.name AS owner, board.name AS board, portfolio.name AS portfolio, item.rag, item.status, item.last_review_on, item.target_on, item.times_deferred, item.parent_id IS NULL OR parent.kind = 'cause_of_concern' AS counts
FROM item
LEFT OUTER JOIN person ON person.id = item.owner_id
LEFT OUTER JOIN board ON board.id = item.board_id
LEFT OUTER JOIN portfolio ON portfolio.id = item.portfolio_id
LEFT OUTER JOIN item AS parent ON parent.id = item.parent_id
WHERE item.closed_on IS NULL AND item.withdrawn_on IS NULL AND item.original_target_on < :before
AND (:ours IS NULL OR item.ours = :ours)
AND (:owner IS NULL OR item.owner_id IN (SELECT each_owner.value
FROM json_each(:owner) AS each_owner))
AND (:board IS NULL OR item.board_id IN (SELECT each_board.value
FROM json_each(:board) AS each_board))
AND (:portfolio IS NULL OR item.portfolio_id IN (SELECT each_portfolio.value
FROM json_each(:portfolio) AS each_portfolio)) AND item.submitted_on IS NULL
ORDER BY item.original_target_on, item.id
