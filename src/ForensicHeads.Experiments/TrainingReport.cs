using System.Text.Json;

namespace ForensicHeads.Experiments;

/// <summary>Training curves: of a generator from its run's <c>stats.jsonl</c>, of a network of family <c>cnn</c> from its looks at the
/// validation people.</summary>
public static class TrainingReport
{
    // Single steps are noisy: each point is the mean of so many logged lines, fewer in a short run.
    private const int Window = 5;
    private const int FewestPoints = 20;

    // The losses and what tells a failing run; gradients, scores and rates have scales of their own and are for TensorBoard.
    private static readonly string[] Drawn =
        ["content", "adversarial", "feature_matching", "matching", "discriminator", "embedding_spread", "swap_change"];

    /// <summary>Whether the folder is a training run.</summary>
    public static bool IsRun(string folder) => PlainFile.IsThere(folder, RunFolder.StatsName);

    /// <summary>Draws the curves of a run into its <c>figures/</c>.</summary>
    /// <returns>Path of the figure's PNG.</returns>
    /// <exception cref="UserErrorException">No statistics, or damaged ones.</exception>
    public static string Draw(string folder)
    {
        var figure = FigureWriter.Write(folder, Table("generator", folder))
            ?? throw new UserErrorException($"{folder} has no statistics to draw. Train for at least one logged step.");
        return Path.Combine(folder, "figures", figure.Name + ".png");
    }

    /// <summary>The curves of a run.</summary>
    /// <param name="variant">What was trained; part of the figure's name.</param>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="UserErrorException">No statistics, or damaged ones.</exception>
    internal static FigureTable Table(string variant, string folder)
    {
        var lines = Lines(folder);
        var points = lines.Chunk(Math.Clamp(lines.Length / FewestPoints, 1, Window))
            .SelectMany(chunk => chunk.SelectMany(line => line).Where(pair => Drawn.Contains(pair.Key))
            .GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
                .Select(series => ((long)chunk[^1]["step"], series.Key.Replace('_', ' '), series.Average())))
            .GroupBy(point => point.Item2).Where(series => series.Any(point => point.Item3 != 0))
            .SelectMany(series => series.SkipWhile(point => point.Item3 == 0));
        return TrainingTable.Of(variant, points);
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
