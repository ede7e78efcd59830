// The same rows as everybody would begin: a pie and a chart over time for each, all at once, animated, new options at each update.
(({ rows, histories }) => {
  const charts = [];
  const pie = (row) => ({
    chart: { type: 'pie' },
    title: { text: row.cluster },
    series: [{ data: (row.usage?.user ?? []).slice(0, 8).map(({ key, runningSlots }) => ({ name: key, y: runningSlots })) }],
  });
  const areas = (row, history) => ({
    chart: { type: 'area' },
    title: { text: row.cluster },
    xAxis: { type: 'datetime' },
    plotOptions: { area: { stacking: 'normal', marker: { enabled: false } } },
    series: history.series.slice(0, 8).map(({ key, values }) => ({ name: key, data: values.map((value, i) => [history.times[i], value]) })),
  });
  const draw = () => {
    document.body.replaceChildren();
    document.documentElement.removeAttribute('style');
    rows.forEach((row, i) => {
      const line = document.createElement('div');
      line.style.display = 'flex';
      const boxes = [280, 700].map((width) => {
        const box = document.createElement('div');
        box.style.width = `${width}px`;
        box.style.height = '176px';
        line.append(box);
        return box;
      });
      document.body.append(line);
      const history = histories[i % histories.length];
      charts.push([Highcharts.chart(boxes[0], pie(row)), Highcharts.chart(boxes[1], areas(row, history)), history]);
    });
  };
  const moved = (row) => ({ ...row, usage: { user: row.usage.user.map((use, i) => ({ ...use, runningSlots: use.runningSlots + (i % 3) })) } });
  const update = () => {
    rows.map(moved).forEach((row, i) => {
      const [first, second, history] = charts[i];
      first.update(pie(row));
      second.update(areas(row, { ...history, series: history.series.map((one) => ({ ...one, values: [...one.values.slice(1), one.values[0]] })) }));
    });
  };
  window.naive = { draw, update };
})
