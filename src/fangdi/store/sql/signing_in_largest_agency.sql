-- Which agency uses the most rooms?
SELECT agency.id, agency.jurisdiction_code, agency.name
  FROM fangdi.agency
  LEFT JOIN fangdi.occupancy ON occupancy.agency_id = agency.id AND NOT occupancy.secret
 GROUP BY agency.id
 ORDER BY count(occupancy.id) DESC, agency.id
 LIMIT 1
