using Parquet;
using Parquet.Schema;

namespace ForensicHeads.Cli.Scoring;

/// <summary>What <c>detect score</c> writes.</summary>
internal enum ScoreForm
{
    /// <summary>Sentences.</summary>
    Text,

    /// <summary>One document with every frame.</summary>
    Json,

    /// <summary>A row a file.</summary>
    Csv,

    /// <summary>A row a file.</summary>
    Parquet,
}

/// <summary>Scores as a table, one row a file.</summary>
internal static class ScoreTable
{
    private static readonly string[] Words = ["file", "sha256", "status", "reason", "verdict", "verdict_reason", "label"];
    private static readonly string[] Numbers = ["tracks", "frames", "score", "spread", "llr", "probability"];

    // Of files that were said to show a person.
    private static readonly string[] PersonWords = ["person", "network"];
    private static readonly string[] PersonNumbers = ["references", "llr_lower", "llr_upper"];

    /// <summary>As CSV, or as a Parquet file.</summary>
    /// <param name="run">Says where the file lies.</param>
    /// <param name="form">What is asked for.</param>
    /// <param name="to">The file; null for standard output, which Parquet cannot go to.</param>
    /// <param name="files">The scores.</param>
    /// <param name="label">The label of a file; null where nobody says.</param>
    /// <returns>What goes to standard output; null for nothing.</returns>
    /// <exception cref="UserErrorException">Parquet without a file, or a file that cannot be written.</exception>
    public static string? Write(CommandRun run, ScoreForm form, string? to, IReadOnlyList<FileScore> files, Func<FileScore, Label?> label)
    {
        if (form is ScoreForm.Text or ScoreForm.Json) return null;
        if (to is not { } path) return Csv(files, label);
        if (form == ScoreForm.Csv) AtomicFile.WriteText(path, Csv(files, label));
        else AtomicFile.Write(path, stream => Task.Run(() => WriteAsync(stream, files, label)).GetAwaiter().GetResult());
        run.Say($"table: {Path.GetFullPath(path)}");
        return null;
    }

    private static string Csv(IReadOnlyList<FileScore> files, Func<FileScore, Label?> label) =>
        FigureTable.Of("scores", [.. WordsOf(files), .. NumbersOf(files)], files.Select(file => (object?[])
            [.. WordsOf(files).Select(column => Word(file, column, label)),
                .. NumbersOf(files).Select(column => (object?)Number(file, column))])).ToCsv();

    private static IEnumerable<string> WordsOf(IReadOnlyList<FileScore> files) => AsksWho(files) ? Words.Concat(PersonWords) : Words;

    private static IEnumerable<string> NumbersOf(IReadOnlyList<FileScore> files) =>
        AsksWho(files) ? Numbers.Concat(PersonNumbers) : Numbers;

    private static bool AsksWho(IReadOnlyList<FileScore> files) => files.Any(file => file.Person is not null);

    private static string? Word(FileScore file, string column, Func<FileScore, Label?> label) => column switch
    {
        "file" => file.File,
        "sha256" => file.Sha256,
        "status" => file.Status,
        "reason" => file.Reason,
        "verdict" => file.Verdict,
        "verdict_reason" => file.VerdictReason,
        "person" => file.Person?.Name,
        "network" => file.Person?.Network,
        _ => label(file)?.Text(),
    };

    private static double? Number(FileScore file, string column) => column switch
    {
        "tracks" => file.Tracks.Count,
        "frames" => file.Tracks.Sum(track => track.Frames),
        "score" => file.Score,
        "spread" => file.Spread,
        "llr" => file.Llr,
        "references" => file.Person?.References,
        "llr_lower" => file.Person?.LowerBound,
        "llr_upper" => file.Person?.UpperBound,
        _ => file.Probability,
    };

    private static async Task WriteAsync(Stream stream, IReadOnlyList<FileScore> files, Func<FileScore, Label?> label)
    {
        var schema = new ParquetSchema([.. WordsOf(files).Select(name => new DataField<string>(name, true)),
            .. NumbersOf(files).Select(name => new DataField<double>(name, true))]);
        await using var writer = await ParquetWriter.CreateAsync(schema, stream).ConfigureAwait(false);
        using var group = writer.CreateRowGroup();
        foreach (var field in schema.GetDataFields())
            await (Words.Concat(PersonWords).Contains(field.Name)
                ? group.WriteAsync(field, files.Select(file => Word(file, field.Name, label)).ToArray()!)
                : group.WriteAsync<double>(field, files.Select(file => Number(file, field.Name)).ToArray().AsMemory()))
                .ConfigureAwait(false);
        group.CompleteValidate();
    }
}
