using System.Text.Json;

namespace ForensicHeads.Foundation.Files;

/// <summary>Values of finished steps on disk, each under the hash of all that made it and with the hash of its own bytes.</summary>
/// <remarks>
/// A file is one line of JSON, <c>{"key":…,"sha256":…}</c>, then the value. One that is damaged, of another key, or not the one that the
/// log of the run noted, is not used: it is made again.
/// </remarks>
/// <param name="folder">Where the values lie; made with the first.</param>
/// <param name="log">The log of the run, which notes each value; null for a cache that belongs to no run.</param>
public sealed class ContentCache(string folder, EvidenceLog? log)
{
    // The longest array; a value is read as a whole.
    private const long MostBytes = 0x7FFFFFC7;

    /// <summary>The place of one value.</summary>
    /// <param name="name">A plain file name.</param>
    public CacheSlot Slot(string name) => new(this, name);

    /// <summary>The value kept under a name, or null where there is none that can be used.</summary>
    /// <param name="name">A plain file name.</param>
    /// <param name="key">All that makes the value, the code's version included; compared by its hash.</param>
    public ReadOnlyMemory<byte>? Find(string name, string key)
    {
        try
        {
            if (!PlainFile.IsThere(folder, name)) return null;
            var bytes = PlainFile.ReadBytes(folder, name, MostBytes);
            if (log?.IsKept(Path.Combine(folder, name), Hashes.Of(bytes)) == false) return null;
            var end = Array.IndexOf(bytes, (byte)'\n');
            if (end < 0 || JsonSerializer.Deserialize<Head>(bytes.AsSpan(0, end), CanonicalJson.Line) is not { } head) return null;
            var value = bytes.AsMemory(end + 1);
            // Without the type, null would become an empty value.
            return head.Key == Hashes.OfText(key) && head.Sha256 == Hashes.Of(value.Span) ? value : (ReadOnlyMemory<byte>?)null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException or UserErrorException)
        {
            return null;
        }
    }

    /// <summary>Keeps a value under a name, in place of what was there.</summary>
    /// <exception cref="UserErrorException">The disk is full or the folder cannot be written.</exception>
    public void Keep(string name, string key, ReadOnlySpan<byte> value)
    {
        byte[] bytes =
            [.. JsonSerializer.SerializeToUtf8Bytes(new Head(Hashes.OfText(key), Hashes.Of(value)), CanonicalJson.Line), (byte)'\n',
            .. value];
        AtomicFile.WriteBytes(folder, name, bytes);
        log?.NoteKept(Path.Combine(folder, name), Hashes.Of(bytes));
    }

    private sealed record Head(string Key, string Sha256);
}

/// <summary>The place of one value in a cache.</summary>
/// <param name="Cache">The cache.</param>
/// <param name="Name">The value's plain file name.</param>
public sealed record CacheSlot(ContentCache Cache, string Name)
{
    /// <inheritdoc cref="ContentCache.Find"/>
    public ReadOnlyMemory<byte>? Find(string key) => Cache.Find(Name, key);

    /// <inheritdoc cref="ContentCache.Keep"/>
    public void Keep(string key, ReadOnlySpan<byte> value) => Cache.Keep(Name, key, value);
}
