using System.Diagnostics;

namespace ForensicHeads.Experiments;

/// <summary>The files of a run that differ from run to run: the evidence log <c>log.jsonl</c>, and <c>timings.json</c>.</summary>
internal sealed class ExperimentLog : IDisposable
{
    private readonly string folder;
    private readonly EvidenceLog evidence;
    private readonly List<(string Step, double Seconds)> timings = [];

    private ExperimentLog(string folder, EvidenceLog evidence)
    {
        (this.folder, this.evidence) = (folder, evidence);
    }

    /// <summary>Takes the folder for this run.</summary>
    /// <exception cref="UserErrorException">Another run holds it, or it holds something else.</exception>
    public static ExperimentLog Open(string folder, TimeProvider time) =>
        new(folder, EvidenceLog.Open(folder, time, "experiment.json", "work"));

    /// <summary>The log itself, for what is kept between runs.</summary>
    public EvidenceLog Evidence => evidence;

    /// <summary>Hash of the log's last line.</summary>
    public string Head => evidence.Head;

    /// <summary>Notes an event.</summary>
    public void Note(string what, object facts) => evidence.Append(what, facts);

    /// <summary>Writes the timings and lists every file.</summary>
    public void Finish()
    {
        AtomicFile.WriteText(folder, "timings.json",
            CanonicalJson.ToText(timings.Select(item => new { step = item.Step, seconds = Math.Round(item.Seconds, 3) })));
        evidence.Close();
    }

    public void Time(string step, Action action) => Time(step, () =>
    {
        action();
        return true;
    });

    public T Time<T>(string step, Func<T> action)
    {
        evidence.Append("begin", new { step });
        var watch = Stopwatch.StartNew();
        var result = action();
        timings.Add((step, watch.Elapsed.TotalSeconds));
        evidence.Append("done", new { step });
        return result;
    }

    public void Dispose() => evidence.Dispose();
}
