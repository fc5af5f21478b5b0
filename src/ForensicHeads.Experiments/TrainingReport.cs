using System.Text.Json;
using ForensicHeads.Foundation;
using ForensicHeads.Generator.Training;
using ForensicHeads.Reporting.Figures;

namespace ForensicHeads.Experiments;

/// <summary>The loss curves of a training run, drawn from its <c>stats.jsonl</c> into <c>figures/</c>.</summary>
public static class TrainingReport
{
    // Single steps are noisy: each point is the mean of so many logged lines.
    private const int Window = 5;

    // The losses and what tells a failing run; gradients, scores and rates have scales of their own and are for TensorBoard.
    private static readonly string[] Drawn = ["content", "adversarial", "feature_matching", "matching", "discriminator", "embedding_spread", "swap_change"];

    /// <summary>Whether the folder is a training run.</summary>
    public static bool IsRun(string folder) => File.Exists(Path.Combine(folder, "stats.jsonl"));

    /// <summary>Draws the curves.</summary>
    /// <returns>Path of the figure's PNG.</returns>
    /// <exception cref="UserErrorException">No statistics, or damaged ones.</exception>
    public static string Draw(string folder)
    {
        var lines = Lines(new RunFolder(folder).StatsFile);
        var points = lines.Chunk(Window).SelectMany(chunk => chunk.SelectMany(line => line).Where(pair => Drawn.Contains(pair.Key)).GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
                .Select(series => ((long)chunk[^1]["step"], series.Key.Replace('_', ' '), series.Average())))
            .GroupBy(point => point.Item2).Where(series => series.Any(point => point.Item3 != 0)).SelectMany(series => series.SkipWhile(point => point.Item3 == 0));
        var figure = FigureWriter.Write(Path.Combine(folder, "figures"), TrainingTable.Of("generator", points))
            ?? throw new UserErrorException($"{folder} has no statistics to draw. Train for at least one logged step.");
        return Path.Combine(folder, "figures", figure.Name + ".png");
    }

    // What a step could not measure is null there, the spread of a batch of one say, and is left out.
    private static Dictionary<string, double>[] Lines(string file)
    {
        try
        {
            return File.ReadLines(file).Select(line => JsonSerializer.Deserialize<Dictionary<string, double?>>(line)!)
                .Select(line => line.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!.Value, StringComparer.Ordinal)).ToArray();
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"{file} is damaged: {error.Message} Resume the training, which writes its lines again.", inner: error);
        }
        catch (IOException error)
        {
            throw new UserErrorException($"Cannot read {file}: {error.Message}", inner: error);
        }
    }
}
