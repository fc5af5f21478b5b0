using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;

namespace ForensicHeads.Benchmarks.Stores;

/// <summary>Seconds and peak memory of opening, filtering and splitting a store of millions of rows, and of DuckDB on the same
/// file.</summary>
/// <remarks>
/// A question a process, for the peak is the process's. DuckDB's answers must be ours; its split is the pairs that ours is drawn from.
/// </remarks>
internal static class IndexSpeed
{
    private static readonly StoreSelection Wanted = new() { Label = Label.Generated, Licences = ["open"], MayGenerate = true };

    /// <summary>Runs it: <c>index write STORE ROWS</c>, then <c>index open|filter|thin|split STORE [duckdb]</c>.</summary>
    public static int Run(string[] arguments)
    {
        if (arguments is not [var question, var store, .. var rest]) throw new UserErrorException(
            "index write STORE ROWS, or index open|filter|thin|split STORE [duckdb]", exitCode: 2);
        var clock = Stopwatch.StartNew();
        var answer = question == "write" ? Text($"{LargeStore.Write(store, int.Parse(rest[0], CultureInfo.InvariantCulture))} bytes")
            : rest is ["duckdb"] ? AskDuckDb(question, store) : Ask(question, FrameStore.Open(store));
        var (clocked, processor) = (clock.Elapsed.TotalSeconds, Environment.CpuUsage.TotalTime.TotalSeconds);
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        Console.WriteLine(Text($"{question}: {answer}; {clocked:F1} s, {processor:F1} s of processor, peak {peak} MiB"));
        return 0;
    }

    private static string Ask(string question, FrameStore store) => question switch
    {
        "open" => Text($"{store.Count} frames, {store.Identities.Count()} people, {store.Videos.Count()} videos"),
        "filter" => Chosen(Wanted.Of(store)),
        "thin" => Chosen((Wanted with { FramesPerTrack = 3 }).Of(store)),
        "split" => Text($"{PeopleClusters.Of([store]).Count} sets; ")
            + Text($"{SplitMaker.Make([store], new SplitOptions()).PeopleOf(SplitRole.Test).Count} people in the test"),
        _ => throw new UserErrorException($"'{question}' is no question; ask open, filter, thin or split.", exitCode: 2),
    };

    private static string Chosen(IReadOnlyList<FrameRecord> frames) =>
        Text($"{frames.Count} frames, landmarks sum {frames.Sum(frame => frame.Landmarks.Values.Sum(value => (double)value)):F0}");

    private static string AskDuckDb(string question, string store)
    {
        const string Where = "WHERE label = 'generated' AND starts_with(lower(licence), 'open') AND may_generate";
        const string Chosen = "SELECT count(key) || ' frames, landmarks sum ' || round(sum(list_sum(landmarks::DOUBLE[])))";
        var from = $"FROM '{Path.Combine(store, "index.parquet")}'";
        return question switch
        {
            "open" => Row("SELECT count(*) || ' frames, ' || count(DISTINCT identity) || ' people, ' || count(DISTINCT video) "
                + $"|| ' videos; ' || count(DISTINCT key) || ' keys' {from}"),
            "filter" => Row($"{Chosen} {from} {Where}"),
            "thin" => Row($"{Chosen} FROM (SELECT * {from} {Where} QUALIFY row_number() OVER "
                + "(PARTITION BY video, track ORDER BY frame_number) IN (1, 84, 167))"),
            "split" => Row("SELECT count(*) || ' sets of person, footage, group and driver' FROM "
                + $"(SELECT DISTINCT identity, video, source_sha256, \"group\", driver_video {from})"),
            _ => throw new UserErrorException($"'{question}' is no question; ask open, filter, thin or split.", exitCode: 2),
        };
    }

    private static string Row(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)command.ExecuteScalar()!;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
