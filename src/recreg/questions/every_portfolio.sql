SELECT portfolio.name, person.name AS lead
FROM portfolio
LEFT OUTER JOIN person ON person.id = portfolio.lead_id
ORDER BY portfolio.name
