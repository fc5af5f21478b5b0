using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ForensicHeads.Media.Decode;

/// <summary>Reads ffmpeg's log as it comes: frame times from its <c>showinfo</c> filter, and complaints.</summary>
internal sealed partial class DecoderLog : IDisposable
{
    /// <summary>Seconds below which the filter's six digits are exact to a twentieth of a millisecond.</summary>
    private const double PrintedExactly = 100;

    private readonly BlockingCollection<(int Number, double Time)> times = [];
    private (int Number, double Time)? ahead;
    private double ticksPerSecond;
    private int before;
    private int last = -1;
    private bool silent;
    private int complaints;
    private string? first;

    public void Dispose() => times.Dispose();

    internal void Add(string line)
    {
        var time = FrameTime().Match(line);
        if (time.Success) AddTime(time);
        else if (TimeBase().Match(line) is { Success: true } unit)
        {
            ticksPerSecond = double.Parse(unit.Groups[2].ValueSpan, CultureInfo.InvariantCulture)
                / double.Parse(unit.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        }
        else if (IsComplaint(line))
        {
            complaints++;
            first ??= MediaProbe.OneLine(line.Replace("[error] ", "", StringComparison.Ordinal));
        }
    }

    // A stream that changes its size midway begins to count anew.
    private void AddTime(Match line)
    {
        if (!int.TryParse(line.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return;
        if (number == 0) before = last + 1;
        last = before + number;
        var known = double.TryParse(line.Groups[3].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds);
        // The filter prints six digits of the seconds; from here on ticks say more.
        if (known && Math.Abs(seconds) >= PrintedExactly && ticksPerSecond > 0
            && long.TryParse(line.Groups[2].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks))
            seconds = ticks / ticksPerSecond;
        times.Add((last, known ? seconds : double.NaN));
    }

    // What the program says of its own output is no word on the file.
    private static bool IsComplaint(string line) =>
        (line.Contains("[error]", StringComparison.Ordinal) || line.Contains("[fatal]", StringComparison.Ordinal)
            || line.Contains("corrupt decoded frame", StringComparison.Ordinal))
        && !line.Contains(" to muxer ", StringComparison.Ordinal);

    /// <summary>Time of a frame in seconds; null when the decoder gave none. Frames are asked for in order.</summary>
    /// <remarks>The line is written before the frame, so it only has to come through its own pipe. A line that was lost costs its own
    /// frame's time, not the others'.</remarks>
    internal double? TimeOf(int frame)
    {
        while (ahead is null || ahead.Value.Number < frame)
        {
            // Waited for in full once: an ffmpeg that writes no times must not cost this for every frame.
            if (!times.TryTake(out var next, silent ? TimeSpan.Zero : TimeSpan.FromSeconds(20)))
            {
                silent = true;
                return null;
            }

            ahead = next;
        }

        return ahead.Value.Number == frame && double.IsFinite(ahead.Value.Time) ? ahead.Value.Time : null;
    }

    internal string Quote() => first is null ? "" : $" ({first})";

    internal string? Damage() =>
        complaints == 0 ? null : $"the decoder met damaged data {complaints} time{(complaints == 1 ? "" : "s")}{Quote()}";

    [GeneratedRegex(@"^\[Parsed_showinfo_\d+ @ [0-9a-fx]+\] \[info\] n: *(\d+) pts: *(\S+) +pts_time:(\S+)")]
    private static partial Regex FrameTime();

    [GeneratedRegex(@"^\[Parsed_showinfo_\d+ @ [0-9a-fx]+\] \[info\] config in time_base: (\d+)/(\d+)")]
    private static partial Regex TimeBase();
}
