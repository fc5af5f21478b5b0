using System.Text;
using System.Text.Json;

namespace ForensicHeads.Foundation.Evidence;

/// <summary>One line of an evidence log: <c>{"line":1,"time":…,"what":…,"facts":{…},"prev":"…","hash":"…"}</c>.</summary>
/// <remarks>
/// <c>hash</c> is the SHA-256 of the line's own bytes without <c>,"hash":"…"</c>; <c>prev</c> is the hash of the line before it, zeros in the first. So a line can be
/// checked without parsing it, in any language.
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
            return new EvidenceLine(root.GetProperty("line").GetInt32(), root.GetProperty("what").GetString()!, root.GetProperty("facts").Clone(), root.GetProperty("prev").GetString()!, hash);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // A matching hash can be put under anything; only what this toolkit writes is a line.
            return null;
        }
    }
}
