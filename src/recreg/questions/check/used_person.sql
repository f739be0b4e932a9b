SELECT person.name, count(item.id) AS items, group_concat(item.ref, ' ') AS refs, (SELECT min(board.name) AS min_1
FROM board
WHERE board.lead_id = person.id) AS leads_board, (SELECT min(portfolio.name) AS min_2
FROM portfolio
WHERE portfolio.lead_id = person.id) AS leads_portfolio
FROM person
LEFT OUTER JOIN item ON item.owner_id = person.id AND item.closed_on IS NULL AND item.withdrawn_on IS NULL
GROUP BY person.id
ORDER BY person.id
