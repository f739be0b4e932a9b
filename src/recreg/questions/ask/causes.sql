SELECT item.id, item.ref, item.hmicfrs_ref, item.kind, item.title, person.name AS owner, board.name AS board, portfolio.name AS portfolio, item.rag, item.status, item.parent_id IS NULL OR parent.kind = 'cause_of_concern' AS counts, item.ours, item.deadline_on, item.next_review_on, item.rag_why
FROM item
LEFT OUTER JOIN person ON person.id = item.owner_id
LEFT OUTER JOIN board ON board.id = item.board_id
LEFT OUTER JOIN portfolio ON portfolio.id = item.portfolio_id
LEFT OUTER JOIN item AS parent ON parent.id = item.parent_id
WHERE item.closed_on IS NULL AND item.withdrawn_on IS NULL
AND (:owner IS NULL OR item.owner_id IN (SELECT each_owner.value
FROM json_each(:owner) AS each_owner))
AND (:board IS NULL OR item.board_id IN (SELECT each_board.value
FROM json_each(:board) AS each_board))
AND (:portfolio IS NULL OR item.portfolio_id IN (SELECT each_portfolio.value
FROM json_each(:portfolio) AS each_portfolio)) AND item.kind = 'cause_of_concern'
AND (item.ours = 1 OR (EXISTS (SELECT *
FROM item AS child
WHERE child.parent_id = item.id AND child.ours = 1 AND child.closed_on IS NULL AND child.withdrawn_on IS NULL)))
ORDER BY item.id
