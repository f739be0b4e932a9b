SELECT board.name, person.name AS lead
FROM board
LEFT OUTER JOIN person ON person.id = board.lead_id
ORDER BY board.name
