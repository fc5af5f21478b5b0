using System.Globalization;
using System.Text;

namespace ForensicHeads.Foundation.Programs;

/// <summary>What a program says, of which the beginning and the end are kept, however much it is. Thread-safe.</summary>
public sealed class ProgramLog
{
    /// <summary>So many bytes of the beginning are kept, and as many of the end.</summary>
    public const int Kept = 256 << 10;

    /// <summary>What a file of it ends in.</summary>
    public const string Ending = ".log";

    private const int LongestLine = 300;
    private const int ForLines = 16 << 10;
    private readonly Lock gate = new();
    private readonly List<byte> head = new(4096);
    private readonly byte[] tail = new byte[Kept];
    private readonly List<byte> complaints = [];
    private long total;

    /// <summary>Bytes that were said.</summary>
    public long Length
    {
        get
        {
            lock (gate) return total;
        }
    }

    /// <summary>Takes more of it.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            var first = Math.Min(bytes.Length, Kept - head.Count);
            head.AddRange(bytes[..first]);
            total += bytes.Length;
            // A ring of what came after the beginning.
            var rest = bytes[first..];
            if (rest.Length > Kept) rest = rest[^Kept..];
            var at = (int)((total - Kept - rest.Length) % Kept);
            if (rest.IsEmpty) return;
            var until = Math.Min(rest.Length, Kept - at);
            rest[..until].CopyTo(tail.AsSpan(at));
            rest[until..].CopyTo(tail);
        }
    }

    /// <summary>Takes more of what came by the error stream.</summary>
    public void Complain(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            Add(bytes);
            complaints.AddRange(bytes);
            if (complaints.Count > ForLines) complaints.RemoveRange(0, complaints.Count - ForLines);
        }
    }

    /// <summary>All that is kept.</summary>
    public byte[] ToArray()
    {
        lock (gate)
        {
            var after = total - head.Count;
            if (after <= 0) return [.. head];
            var kept = (int)Math.Min(after, Kept);
            var gap = after <= Kept ? ""
                : string.Create(CultureInfo.InvariantCulture, $"\n... {after - Kept} bytes are left out ...\n");
            var from = (int)((after - kept) % Kept);
            var until = Math.Min(kept, Kept - from);
            return [.. head, .. Encoding.UTF8.GetBytes(gap), .. tail.AsSpan(from, until), .. tail.AsSpan(0, kept - until)];
        }
    }

    /// <summary>The last line that is not empty, of the error stream where anything came by it, cut to 300 characters; empty where nothing
    /// was said. The two streams come by two pipes, so that their order is not known.</summary>
    public string LastLine()
    {
        byte[] bytes;
        lock (gate) bytes = complaints.Count > 0 ? [.. complaints] : ToArray();
        var text = Encoding.UTF8.GetString(bytes.AsSpan(Math.Max(0, bytes.Length - ForLines)));
        var line = LastLineOf(text) ?? "";
        return PrintedText.Line(line.Length <= LongestLine ? line : line[..LongestLine] + " …");
    }

    /// <summary>The last line of a text that is not empty; null where there is none.</summary>
    internal static string? LastLineOf(string text) =>
        text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
}
