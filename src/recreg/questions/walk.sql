SELECT item.id, item.ref, item.hmicfrs_ref, item.kind, item.title, person.name AS owner, board.name AS board, portfolio.name AS portfolio, item.rag, item.status, item.ours, item.parent_id, item.closed_on, item.closed_as, item.decided_by, item.approved_by, item.withdrawn_on, item.owner_id, item.board_id, item.portfolio_id, item.rag_why, item.ours_why, item.target_on, item.target_why, item.returned_by, item.returned_why, item.reopened_why, item.closed_letter, item.closed_why
FROM item
LEFT OUTER JOIN person ON person.id = item.owner_id
LEFT OUTER JOIN board ON board.id = item.board_id
LEFT OUTER JOIN portfolio ON portfolio.id = item.portfolio_id
WHERE item.withdrawn_on IS NULL
ORDER BY item.id
