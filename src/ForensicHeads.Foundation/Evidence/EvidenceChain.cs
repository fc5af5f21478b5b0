using System.Text.Json;
using System.Text;

namespace ForensicHeads.Foundation.Evidence;

/// <summary>An evidence log as it was read: its lines up to the first that does not fit, and what is wrong with that one.</summary>
internal sealed class EvidenceChain
{
    private EvidenceChain(IReadOnlyList<EvidenceLine> lines, int count, EvidenceFault? fault, EvidenceLine? last, EvidenceLine? list,
        long goodBytes, bool torn)
    {
        (Lines, Count, Fault, Last, List, GoodBytes, IsTorn) = (lines, count, fault, last, list, goodBytes, torn);
    }

    /// <summary>The lines before <see cref="Fault"/>; all where there is none.</summary>
    public IReadOnlyList<EvidenceLine> Lines { get; }

    /// <summary>Number of lines in the file, damaged ones included.</summary>
    public int Count { get; }

    /// <summary>The first line that does not fit, or null.</summary>
    public EvidenceFault? Fault { get; }

    /// <summary>The last line of the file if its own hash is right, whatever stands before it.</summary>
    public EvidenceLine? Last { get; }

    /// <summary>The last list of files whose own hash is right, or null.</summary>
    public EvidenceLine? List { get; }

    /// <summary>Bytes of <see cref="Lines"/>.</summary>
    public long GoodBytes { get; }

    /// <summary>Whether only the last line is damaged, as a power cut leaves it.</summary>
    public bool IsTorn { get; }

    /// <summary>Reads a log.</summary>
    public static EvidenceChain Read(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<EvidenceLine>();
        EvidenceFault? fault = null;
        EvidenceLine? last = null, list = null;
        var (number, start, good, faultyLine) = (0, 0, 0, 0);
        while (start < bytes.Length)
        {
            number++;
            var length = bytes[start..].IndexOf((byte)'\n');
            last = length < 0 ? null : EvidenceLine.Parse(bytes.Slice(start, length));
            start = length < 0 ? bytes.Length : start + length + 1;
            if (last?.What == EvidenceLog.Files) list = last;
            if (fault is not null) continue;
            fault = FaultOf(last, number, lines.Count > 0 ? lines[^1].Hash : EvidenceLine.NoHash, cut: length < 0);
            if (fault is null)
            {
                lines.Add(last!);
                good = start;
            }
            else
            {
                faultyLine = number;
            }
        }

        return new EvidenceChain(lines, number, fault, last, list, good, torn: fault is not null && faultyLine == number && last is null);
    }

    private static EvidenceFault? FaultOf(EvidenceLine? line, int number, string previous, bool cut)
    {
        var where = FormattableString.Invariant($"{EvidenceLog.Name} line {number}");
        if (line is null) return new(where, EvidenceFaultKind.Changed, cut ? $"{where} is cut off"
            : $"{where} was changed: its hash is not that of its content");
        if (line.Number == number && line.Previous == previous) return null;
        if (line.Number > number) return new(where, EvidenceFaultKind.Removed,
            FormattableString.Invariant($"{where} was removed: line {line.Number} stands in its place"));
        if (line.Number < number) return new(where, EvidenceFaultKind.Moved,
            FormattableString.Invariant($"{where} is out of place: it was written as line {line.Number}"));
        return new(where, EvidenceFaultKind.Changed, $"{where} does not follow the line before it: one of the two was exchanged");
    }
}

/// <summary>One line of an evidence log: <c>{"line":1,"time":…,"what":…,"facts":{…},"prev":"…","hash":"…"}</c>.</summary>
/// <remarks>
/// <c>hash</c> is the SHA-256 of the line's own bytes without <c>,"hash":"…"</c>; <c>prev</c> is the hash of the line before it, zeros in
/// the first. So a line can be checked without parsing it, in any language.
/// </remarks>
/// <param name="Number">Counts from 1.</param>
/// <param name="What">The kind of event.</param>
/// <param name="Facts">What belongs to it.</param>
/// <param name="Previous">Hash of the line before.</param>
/// <param name="Hash">Hash of this line.</param>
internal sealed record EvidenceLine(int Number, string What, JsonElement Facts, string Previous, string Hash)
{
    /// <summary><c>prev</c> of a log's first line.</summary>
    public static readonly string NoHash = new('0', 64);

    private const string HashMember = ",\"hash\":\"";
    private const string End = "\"}";
    private static readonly int TailLength = HashMember.Length + 64 + End.Length;

    /// <summary>The text of a new line, without line feed, and its hash.</summary>
    public static (string Text, string Hash) Compose(int number, DateTimeOffset time, string what, object facts, string previous)
    {
        var body = CanonicalJson.ToLine(new { line = number, time, what, facts, prev = previous });
        var hash = Hashes.OfText(body);
        return (body[..^1] + HashMember + hash + End, hash);
    }

    /// <summary>The line, or null where its bytes are not what its hash says.</summary>
    /// <param name="bytes">Without line feed.</param>
    public static EvidenceLine? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= TailLength) return null;
        var tail = Encoding.Latin1.GetString(bytes[^TailLength..]);
        byte[] body = [.. bytes[..^TailLength], (byte)'}'];
        var hash = Hashes.Of(body);
        if (tail != HashMember + hash + End) return null;
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return new EvidenceLine(root.GetProperty("line").GetInt32(), root.GetProperty("what").GetString()!,
                root.GetProperty("facts").Clone(), root.GetProperty("prev").GetString()!, hash);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // A matching hash can be put under anything; only what this toolkit writes is a line.
            return null;
        }
    }
}
