using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ForensicHeads.Media.Marks;

/// <summary>What a watermark is made from and found with: one key for both.</summary>
/// <remarks>
/// The project's own key is public. Its mark says "made with ForensicHeads" to whoever looks, and whoever knows it can also forge or
/// remove it. A key of one's own is as secret as its file.
/// </remarks>
public sealed class WatermarkKey
{
    /// <summary>Fewest bytes of a key of one's own.</summary>
    public const int MinimumBytes = 16;

    /// <summary>Most bytes of a key of one's own.</summary>
    public const int MaximumBytes = 4096;

    /// <summary>The environment variable that may name a key file.</summary>
    public const string EnvironmentVariable = "FORENSICHEADS_WATERMARK_KEY";

    private readonly byte[] secret;

    private WatermarkKey(byte[] secret, string id)
    {
        this.secret = secret;
        Id = id;
    }

    /// <summary>The project's key, which is no secret.</summary>
    public static WatermarkKey Public { get; } =
        new(Encoding.UTF8.GetBytes("the public watermark key of ForensicHeads, first version"), "public");

    /// <summary>A name for sidecars: <c>public</c>, or eight hexadecimal digits from which the key does not follow.</summary>
    public string Id { get; }

    /// <summary>Reads a key of one's own: any bytes; spaces and line ends behind them do not count.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, or is too short or too long.</exception>
    public static WatermarkKey Load(string path) => PlainFile.Reading($"the watermark key {path}", () =>
    {
        using var stream = PlainFile.Open(path);
        var bytes = new byte[MaximumBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var key = bytes.AsSpan(0, length).TrimEnd(" \t\r\n"u8).ToArray();
        if (length <= MaximumBytes && key.Length >= MinimumBytes) return new WatermarkKey(key,
            Hashes.Of([.. "watermark key id/"u8, .. key])[..8]);
        throw new UserErrorException(length > MaximumBytes
            ? $"The watermark key {path} is longer than {MaximumBytes} bytes. Use {MinimumBytes} to {MaximumBytes}, such as 'openssl "
            + "rand -hex 32' writes."
            : $"The watermark key {path} has {key.Length} bytes; allowed are {MinimumBytes} to {MaximumBytes}. Use what 'openssl "
            + "rand -hex 32' writes, say.");
    }, "Check the path.");

    /// <summary>+1 or −1 for each of <paramref name="count"/> coefficients: HMAC-SHA-256 of a counter, a bit each.</summary>
    internal float[] Signs(int count)
    {
        var signs = new float[count];
        Span<byte> counter = stackalloc byte[4];
        for (var block = 0; block * 256 < count; block++)
        {
            BinaryPrimitives.WriteInt32BigEndian(counter, block);
            byte[] message = [.. "signs/"u8, .. counter];
            var bits = HMACSHA256.HashData(secret, message);
            for (var i = 0; i < 256 && (block * 256) + i < count; i++) signs[(block * 256) + i] = (bits[i >> 3] >> (i & 7) & 1) == 0 ? -1
                : 1;
        }

        return signs;
    }
}
