using System.Text.Json;

namespace ForensicHeads.Experiments;

/// <summary>Training curves: of a generator from its run's <c>stats.jsonl</c>, of a network of family <c>cnn</c> from its looks at the
/// validation people.</summary>
public static class TrainingReport
{
    // Single steps are noisy: each point is the mean of so many logged lines, fewer in a short run.
    private const int Window = 5;
    private const int FewestPoints = 20;

    // The losses and what tells a failing run, a figure for each scale: beside D's spikes nobody sees the content loss fall. Gradients,
    // scores and rates are for TensorBoard.
    private static readonly (string Of, string[] Series)[] Drawn =
    [
        ("", ["content", "feature_matching", "matching"]), ("-adversary", ["adversarial", "discriminator"]),
        ("-embedder", ["embedding_spread", "swap_change"]),
    ];

    /// <summary>Whether the folder is a training run.</summary>
    public static bool IsRun(string folder) => PlainFile.IsThere(folder, RunFolder.StatsName);

    /// <summary>Draws the curves of a run into its <c>figures/</c>.</summary>
    /// <returns>Paths of the figures' PNGs.</returns>
    /// <exception cref="UserErrorException">No statistics, or damaged ones.</exception>
    public static IReadOnlyList<string> Draw(string folder)
    {
        var figures = Tables("generator", folder).Select(table => FigureWriter.Write(folder, table)!.Name).ToArray();
        return figures.Length > 0 ? [.. figures.Select(name => Path.Combine(folder, "figures", name + ".png"))]
            : throw new UserErrorException($"{folder} has no statistics to draw. Train for at least one logged step.");
    }

    /// <summary>The curves of a run: G's losses, D's, and how ê does; those of which nothing was measured are left out.</summary>
    /// <param name="variant">What was trained; begins the figures' names.</param>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="UserErrorException">No statistics, or damaged ones.</exception>
    internal static IReadOnlyList<FigureTable> Tables(string variant, string folder)
    {
        var lines = Lines(folder);
        var points = lines.Chunk(Math.Clamp(lines.Length / FewestPoints, 1, Window))
            .SelectMany(chunk => chunk.SelectMany(line => line).GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
                .Select(series => (Step: (long)chunk[^1]["step"], Series: series.Key, Value: series.Average())))
            .GroupBy(point => point.Series, StringComparer.Ordinal)
            .ToDictionary(series => series.Key, series => series.SkipWhile(point => point.Value == 0).ToArray(), StringComparer.Ordinal);
        return
        [
            .. Drawn.Select(drawn => TrainingTable.Of(variant + drawn.Of, drawn.Series.SelectMany(name => points.GetValueOrDefault(name, [])
                .Select(point => (point.Step, name.Replace('_', ' '), point.Value))))).Where(table => table.Rows.Count > 0),
        ];
    }

    /// <summary>The curves of a network of family <c>cnn</c>: losses in nats, AUC over the frames of validation people.</summary>
    /// <param name="variant">What was trained; part of the figure's name.</param>
    /// <param name="curve">Its looks, in order.</param>
    internal static FigureTable Table(string variant, IReadOnlyList<TrainingPoint> curve) =>
        TrainingTable.Of(variant, curve.SelectMany(point => new (long, string, double?)[]
    {
        (point.Step, "training loss", point.Loss), (point.Step, "validation loss", point.ValidationLoss),
            (point.Step, "validation AUC", point.ValidationAuc),
    }).Where(point => point.Item3 is not null).Select(point => (point.Item1, point.Item2, point.Item3!.Value)));

    // What a step could not measure is null there, the spread of a batch of one say, and is left out.
    private static Dictionary<string, double>[] Lines(string folder)
    {
        var file = Path.Combine(folder, RunFolder.StatsName);
        try
        {
            return PlainFile.Reading(file, () => PlainFile.ReadLines(folder, RunFolder.StatsName))
                .Select(line => JsonSerializer.Deserialize<Dictionary<string, double?>>(line) is { } read
                && read.GetValueOrDefault("step") is not null ? read : throw new JsonException("a line has no step."))
                .Select(line =>
                    line.Where(pair => pair.Value is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Value!.Value, StringComparer.Ordinal)).ToArray();
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"{file} is damaged: {error.Describe()} Resume the training, which writes its lines again.",
                inner: error);
        }
    }
}
