using System.Text;

namespace ForensicHeads.Generator.Watching;

/// <summary>What can be watched of a run while it learns: <c>stats.jsonl</c>, <c>timings.jsonl</c>, sample grids and TensorBoard's
/// events.</summary>
internal sealed class RunLog(RunFolder run, TimeProvider time) : IDisposable
{
    internal const string Next = "then go on with --resume";

    // What is drawn was generated, and says so.
    private static readonly byte[] Mark = XmpPacket.Write(new XmpFacts(Provenance.TrainedAlgorithmicMedia, Provenance.Toolkit));

    private readonly EventFile events = new(run.Path, time);

    /// <summary>Writes a step's figures, the times since the last call and, where one was drawn, the grid.</summary>
    public void Write(StepFigures figures, StepTimes times, SampleDrawing? samples)
    {
        if (samples is not null) AtomicFile.WriteBytes(run.Path, RunFolder.SampleName(figures.Step), PngXmp.Insert(samples.Png, Mark));
        Append(RunFolder.StatsName, CanonicalJson.ToLine(figures));
        Append(RunFolder.TimingsName, CanonicalJson.ToLine(times));
        events.Write(figures.Step, figures.Curves().Concat(times.Curves()), samples);
    }

    public void Dispose() => events.Dispose();

    private void Append(string name, string line)
    {
        try
        {
            using var stream = OwnFiles.Open(run.Path, name, FileMode.Append, FileAccess.Write, FileShare.Read);
            stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"Cannot write {Path.Combine(run.Path, name)}: {error.Message.TrimEnd('.')}. {WriteFault.Remedy(error, Next)}",
                inner: error);
        }
    }
}
