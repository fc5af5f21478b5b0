using ForensicHeads.Foundation;
using ForensicHeads.Generator.Training;

namespace ForensicHeads.Generator.Watching;

/// <summary>What can be watched of a run while it learns: <c>stats.jsonl</c>, <c>timings.jsonl</c>, sample grids and TensorBoard's events.</summary>
internal sealed class RunLog(RunFolder run, TimeProvider time) : IDisposable
{
    private readonly EventFile events = new(run.Path, time);

    /// <summary>Writes a step's figures, the times since the last call and, where one was drawn, the grid.</summary>
    public void Write(StepFigures figures, StepTimes times, SampleDrawing? samples)
    {
        if (samples is not null) AtomicFile.WriteBytes(run.SampleFile(figures.Step), samples.Png);
        Append(run.StatsFile, CanonicalJson.ToLine(figures));
        Append(run.TimingsFile, CanonicalJson.ToLine(times));
        events.Write(figures.Step, figures.Curves().Concat(times.Curves()), samples);
    }

    public void Dispose() => events.Dispose();

    private static void Append(string file, string line)
    {
        try
        {
            File.AppendAllText(file, line + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Cannot write {file}: {error.Message.TrimEnd('.')}. Free some space, then go on with --resume.", inner: error);
        }
    }
}
