using System.Diagnostics;
using ForensicHeads.Foundation;

namespace ForensicHeads.Experiments;

/// <summary>The files of a run that differ from run to run: <c>log.jsonl</c> and <c>timings.json</c>.</summary>
internal sealed class ExperimentLog(string folder, TimeProvider time)
{
    private readonly List<(string Step, double Seconds)> timings = [];

    public void Start(string name) => Write("start", name);

    public void Finish()
    {
        Write("end", "");
        AtomicFile.WriteText(Path.Combine(folder, "timings.json"), CanonicalJson.ToText(timings.Select(item => new { step = item.Step, seconds = Math.Round(item.Seconds, 3) })));
    }

    public void Time(string step, Action action) => Time(step, () =>
    {
        action();
        return true;
    });

    public T Time<T>(string step, Func<T> action)
    {
        Write("begin", step);
        var watch = Stopwatch.StartNew();
        var result = action();
        timings.Add((step, watch.Elapsed.TotalSeconds));
        Write("done", step);
        return result;
    }

    private void Write(string what, string detail) =>
        File.AppendAllText(Path.Combine(folder, "log.jsonl"), CanonicalJson.ToLine(new { time = time.GetUtcNow(), what, detail }) + "\n");
}
