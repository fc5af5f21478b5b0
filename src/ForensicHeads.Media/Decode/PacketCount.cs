using System.Globalization;

namespace ForensicHeads.Media.Decode;

/// <summary>The packets of a stream, counted by reading the file through without decoding.</summary>
/// <param name="Presentable">Packets that are to be shown: not empty, not hidden by an edit list, not before the first key frame.</param>
/// <param name="Seconds">From the first of them to the end of the last; 0 when they have no times.</param>
internal sealed record PacketCount(long Presentable, double Seconds)
{
    /// <summary>Counts; null when the file cannot be read so far.</summary>
    internal static PacketCount? Of(string path, string demuxer, int stream, MediaLimits limits, CancellationToken cancellation)
    {
        string[] arguments =
        [
            "-v", "error", "-protocol_whitelist", "file,pipe", "-f", demuxer,
            "-select_streams", stream.ToString(CultureInfo.InvariantCulture),
            "-show_entries", "packet=pts_time,duration_time,size,flags", "-of", "csv=p=0", "-i", "file:" + Path.GetFullPath(path),
        ];
        using var program = ChildProgram.Start(
            "ffprobe", arguments, limits.TimeLimit, _ => { }, feedsInput: false, cancellation, memory: limits.MaxMemory);
        using var lines = new StreamReader(program.Output);
        var (count, hidden, shownFrom) = (0L, 0L, double.NegativeInfinity);
        var (first, last, length, seenKey) = (double.PositiveInfinity, double.NegativeInfinity, 0.0, false);
        while (count <= limits.MaxFrames && lines.ReadLine() is { } line)
        {
            // pts, duration, size, flags; side data may follow.
            var fields = line.Split(',');
            if (fields.Length < 4 || fields[2] is "0" || fields[3].Contains('D', StringComparison.Ordinal)) continue;
            var timed = double.TryParse(fields[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var time);
            var isKey = fields[3].Contains('K', StringComparison.Ordinal);
            if (isKey && !seenKey) (seenKey, shownFrom) = (true, timed ? time : shownFrom);
            // What is shown before the first key frame leans on frames that the file does not have.
            if (!seenKey || (timed && time < shownFrom))
            {
                hidden++;
                continue;
            }

            count++;
            if (!timed) continue;
            first = Math.Min(first, time);
            if (time < last) continue;
            last = time;
            if (double.TryParse(fields[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var duration)) length = duration;
        }

        program.Kill();
        cancellation.ThrowIfCancellationRequested();
        // A format without key frames marks none.
        if (count == 0) return hidden > 0 ? new PacketCount(hidden, 0) : null;
        return new PacketCount(count, double.IsFinite(first) ? last - first + length : 0);
    }
}
