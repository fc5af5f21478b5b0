using System.Buffers.Binary;

namespace ForensicHeads.Fuzz;

/// <summary>Spoils the bytes of a good file as damage and malice do: cut, flipped, overwritten, spliced, with another file's head, with
/// numbers and words that were not expected.</summary>
/// <param name="format">Names the stream of random numbers, so that each format has mutants of its own.</param>
/// <param name="seed">The good file.</param>
/// <param name="others">Good files of other formats, whose heads and pieces are put in.</param>
/// <param name="draw">Another draw gives other mutants.</param>
internal sealed class Mutator(string format, byte[] seed, IReadOnlyList<byte[]> others, long draw = Mutator.FirstDraw)
{
    /// <summary>The draw that is taken when none is asked for.</summary>
    public const long FirstDraw = 1;

    private static readonly string[] Words =
        ["null", "-1", "1e999", "99999999999999999999", "\"\"", "{}", "[]", "true", "\"\\ud800\"", "NaN", "0", "\"../../x\"", "4294967296",
        ",", "\""];
    private static readonly uint[] Numbers = [0, 1, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x00FFFFFF, 0x40000000];

    private readonly bool isText = Array.TrueForAll(seed, value => value is >= 9 and < 127);

    // Safetensors: a JSON text between its length and the tensors.
    private readonly int header = seed.Length > 9 && seed[8] == (byte)'{' && BinaryPrimitives.ReadInt64LittleEndian(seed) is > 0
        and < 1 << 20 and var length ? (int)length : 0;

    /// <summary>Mutant number <paramref name="number"/>: always the same bytes.</summary>
    public byte[] Mutant(int number)
    {
        var random =
            new SeededRandom(number, draw == FirstDraw ? $"mutants/{format}" : FormattableString.Invariant($"mutants/{format}/{draw}"));
        var kinds = isText || header > 0 ? 7 : 6;
        return (number % kinds) switch
        {
            0 => seed[..random.NextInt(seed.Length)],
            1 => Flipped(random, seed.Length, 1 + random.NextInt(20)),
            2 => Flipped(random, Math.Min(seed.Length, 256 + (seed.Length / 16)), 1 + random.NextInt(8)),
            3 => Spliced(random),
            4 => OtherHead(random),
            5 => Numbered(random, 1 + random.NextInt(4)),
            _ when isText => Reworded(random, System.Text.Encoding.ASCII.GetString(seed)),
            _ => RewordedHeader(random),
        };
    }

    private byte[] Flipped(SeededRandom random, int within, int bits)
    {
        var bytes = (byte[])seed.Clone();
        for (var i = 0; i < bits; i++) bytes[random.NextInt(within)] ^= (byte)(1 << random.NextInt(8));
        return bytes;
    }

    // A piece of this file or of another, in the place of some bytes, or between them.
    private byte[] Spliced(SeededRandom random)
    {
        var source = random.Chance(0.5) ? seed : random.Pick(others);
        var from = random.NextInt(source.Length);
        var piece = source.AsSpan(from, Math.Min(source.Length - from, 1 + random.NextInt(400)));
        var at = random.NextInt(seed.Length);
        var dropped = random.Chance(0.5) ? Math.Min(piece.Length, seed.Length - at) : 0;
        return [.. seed.AsSpan(0, at), .. piece, .. seed.AsSpan(at + dropped)];
    }

    private byte[] OtherHead(SeededRandom random)
    {
        var other = random.Pick(others);
        var length = Math.Min(Math.Min(4 + random.NextInt(125), other.Length), seed.Length);
        return [.. other.AsSpan(0, length), .. seed.AsSpan(length)];
    }

    private byte[] Numbered(SeededRandom random, int times)
    {
        var bytes = (byte[])seed.Clone();
        Span<byte> number = stackalloc byte[4];
        for (var i = 0; i < times; i++)
        {
            if (random.Chance(0.5)) BinaryPrimitives.WriteUInt32BigEndian(number, random.Pick(Numbers));
            else BinaryPrimitives.WriteUInt32LittleEndian(number, random.Pick(Numbers));
            var at = random.NextInt(bytes.Length);
            number[..Math.Min(4, bytes.Length - at)].CopyTo(bytes.AsSpan(at));
        }

        return bytes;
    }

    private byte[] RewordedHeader(SeededRandom random)
    {
        var text = Reworded(random, System.Text.Encoding.UTF8.GetString(seed, 8, header));
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. seed.AsSpan(8 + header)];
    }

    // A few whole words or numbers become others.
    private static byte[] Reworded(SeededRandom random, string text)
    {
        for (var times = 1 + random.NextInt(3); times > 0; times--)
        {
            var words = System.Text.RegularExpressions.Regex.Matches(text, "\"[^\"]{0,80}\"|[A-Za-z0-9.+-]+|[{}\\[\\]:,]");
            if (words.Count == 0) break;
            var word = words[random.NextInt(words.Count)];
            text = string.Concat(text.AsSpan(0, word.Index), random.Pick(Words), text.AsSpan(word.Index + word.Length));
        }

        return System.Text.Encoding.UTF8.GetBytes(text);
    }
}
