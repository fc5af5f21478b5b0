using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ForensicHeads.Media;

/// <summary>Reads ffmpeg's log as it comes: frame times from its <c>showinfo</c> filter, and complaints.</summary>
internal sealed partial class DecoderLog : IDisposable
{
    private readonly BlockingCollection<double> times = [];
    private int complaints;
    private string? first;

    public void Dispose() => times.Dispose();

    internal void Add(string line)
    {
        var time = FrameTime().Match(line);
        if (time.Success)
        {
            times.Add(double.TryParse(time.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : double.NaN);
        }
        else if (line.Contains("[error]", StringComparison.Ordinal) || line.Contains("[fatal]", StringComparison.Ordinal) || line.Contains("corrupt decoded frame", StringComparison.Ordinal))
        {
            complaints++;
            first ??= MediaProbe.OneLine(line.Replace("[error] ", "", StringComparison.Ordinal));
        }
    }

    /// <summary>Time of the next frame in seconds; null when the decoder gave none.</summary>
    /// <remarks>The line is written before the frame, so it only has to come through its own pipe.</remarks>
    internal double? NextTime() => times.TryTake(out var time, TimeSpan.FromSeconds(5)) && double.IsFinite(time) ? time : null;

    internal string Quote() => first is null ? "" : $" ({first})";

    internal string? Damage() => complaints == 0 ? null : $"the decoder met damaged data {complaints} time{(complaints == 1 ? "" : "s")}{Quote()}";

    [GeneratedRegex(@"^\[Parsed_showinfo_\d+ @ [0-9a-fx]+\] \[info\] n: *\d+ pts: *\S+ pts_time:(\S+)")]
    private static partial Regex FrameTime();
}
