SELECT portfolio.name, count(item.id) AS items, group_concat(item.ref, ' ') AS refs, NULL AS leads_board, NULL AS leads_portfolio
FROM portfolio
LEFT OUTER JOIN item ON item.portfolio_id = portfolio.id AND item.closed_on IS NULL AND item.withdrawn_on IS NULL
GROUP BY portfolio.id
ORDER BY portfolio.id
