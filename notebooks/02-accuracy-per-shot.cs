#!/usr/bin/env dotnet
#:property PublishAot=false
#:property TreatWarningsAsErrors=false
#:property RunAnalyzers=false
#:package DuckDB.NET.Data.Full
#:project ../src/ForensicHeads.Reporting/ForensicHeads.Reporting.csproj
using DuckDB.NET.Data;
using ForensicHeads.Reporting.Export;
using ForensicHeads.Reporting.Figures;
using ForensicHeads.Statistics;
//# # Accuracy per shot count, from the scores alone
//#
//# Run it with `dotnet run -c Release notebooks/02-accuracy-per-shot.cs`, or with the folder of a report of yours as argument; a second argument says where the page goes.
//# Every report holds `scores.parquet`: one row a scored frame of a test person, relative to the threshold, so that a score above 0 says "generated".
//# DuckDB reads it as it is. This page works on the demo's.

var page = new NotebookPage(args.ElementAtOrDefault(1));
var report = args.Length > 0 && args[0].Length > 0 ? args[0] : Path.Combine(page.ProgramFolder, "..", "reports", "00001-demo");
var scores = Path.Combine(report, "scores.parquet").Replace("'", "''");
using var connection = new DuckDBConnection("DataSource=:memory:");
connection.Open();
page.Show(Table("conditions", "What was scored.", $"""
    SELECT condition, detector, count(*) AS frames, count(DISTINCT identity) AS people
    FROM '{scores}' GROUP BY ALL ORDER BY ALL
    """));

//# ## True and generated frames called right
//#
//# The same true frames meet every shot count, so the true negative rate does not depend on T. One row a person is what the intervals need:
//# frames of one person are not independent.

const string right = """
    SELECT condition, identity, mode, shots, label,
           sum(CASE WHEN (score > 0) = (label = 'generated') THEN 1 ELSE 0 END)::INT AS called_right, count(*)::INT AS frames
    FROM '{0}' WHERE detector = '{1}' AND anchor IS NULL AND (mode IS NULL OR mode IN ('ff', 'ft')) GROUP BY ALL
    """;
// The experiment's own detector, or the first one of a test.
var detector = (string)Rows($"SELECT detector FROM '{scores}' GROUP BY detector ORDER BY detector <> 'artefact', detector LIMIT 1")[0][0]!;
var people = Rows(string.Format(right, scores, detector.Replace("'", "''"))).Select(row => (Condition: (string)row[0]!, Identity: (string)row[1]!, Mode: row[2] as string, Shots: row[3] as int?, Right: (int)row[5]!, Frames: (int)row[6]!)).ToArray();
var points = people.Where(row => row.Mode is not null).GroupBy(row => (row.Condition, row.Mode, row.Shots)).OrderBy(cell => cell.Key).Select(cell =>
{
    var real = people.Where(row => row.Mode is null && row.Condition == cell.Key.Condition).ToDictionary(row => row.Identity);
    var accuracy = ClusteredProportion.BalancedAccuracy(cell.Where(row => real.ContainsKey(row.Identity)).Select(row => (real[row.Identity].Right, real[row.Identity].Frames, row.Right, row.Frames)));
    return (cell.Key.Condition, cell.Key.Mode, Shots: cell.Key.Shots!.Value, Accuracy: accuracy, Frames: cell.Sum(row => row.Frames) + real.Values.Sum(row => row.Frames));
}).ToArray();
page.Show(new TextTable("accuracy", "½ (TPR + TNR) at frame level with its interval over people.", ["condition", "mode", "T", "people", "accuracy [95 %]"],
    [.. points.Select(point => (IReadOnlyList<string>)[point.Condition, point.Mode!, $"{point.Shots}", $"{point.Accuracy.Identities}", FormattableString.Invariant($"{point.Accuracy.Value:0.000} [{point.Accuracy.Low:0.000}, {point.Accuracy.High:0.000}]")])]));

//# ## The curve
//#
//# Any table with the right columns draws itself. Here is the condition in which the detector is wrong most often.

var hardest = points.GroupBy(point => point.Condition).MinBy(condition => condition.Average(point => point.Accuracy.Value))!.Key;
page.Show(FigureTable.Of("accuracy-per-shot.frame", ["series", "shots", "value", "ci_low", "ci_high", "condition", "level", "arm", "detector", "n_identities", "n_videos", "n_frames"],
    points.Where(point => point.Condition == hardest).Select(point => new object?[] { point.Mode, point.Shots, point.Accuracy.Value, point.Accuracy.Low, point.Accuracy.High, hardest, "frame", "", detector, point.Accuracy.Identities, null, point.Frames })));
Console.WriteLine(page.Save());

//# ## What the queries go through

TextTable Table(string name, string caption, string query)
{
    using var command = connection.CreateCommand();
    command.CommandText = query;
    using var reader = command.ExecuteReader();
    var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
    var rows = new List<IReadOnlyList<string>>();
    while (reader.Read()) rows.Add([.. columns.Select((_, i) => Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture) ?? "")]);
    return new TextTable(name, caption, columns, rows);
}

List<object?[]> Rows(string query)
{
    using var command = connection.CreateCommand();
    command.CommandText = query;
    using var reader = command.ExecuteReader();
    var rows = new List<object?[]>();
    while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
    return rows;
}
