SELECT board.name, count(item.id) AS items, group_concat(item.ref, ' ') AS refs, NULL AS leads_board, NULL AS leads_portfolio
FROM board
LEFT OUTER JOIN item ON item.board_id = board.id AND item.closed_on IS NULL AND item.withdrawn_on IS NULL
GROUP BY board.id
ORDER BY board.id
