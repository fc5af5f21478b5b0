using System.Buffers.Binary;
using System.Text;

namespace ForensicHeads.Neural.Files;

/// <summary>The arrays of a file that MXNet's <c>nd.save</c> wrote (<c>NAME-0000.params</c>).</summary>
/// <remarks>
/// Little endian: 0x112 and a zero (64 bits each); the number of arrays, and for each 0xF993FAC9 and the kind of storage (0: dense), the
/// number of sides (32 bits each), the sides (64 bits), the device and its number, the type (0: float32) and the values; then the number
/// of names, and for each its length (64 bits) and its bytes.
/// </remarks>
/// <param name="Arrays">By name without the prefix <c>arg:</c> or <c>aux:</c>.</param>
public sealed record MxNetParameters(IReadOnlyDictionary<string, NamedTensor> Arrays)
{
    private const ulong ListMagic = 0x112;
    private const uint ArrayMagic = 0xF993FAC9;
    private const ulong MostArrays = 1 << 16;
    private const long MostValues = 1 << 26;

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="UserErrorException">Not such a file.</exception>
    public static MxNetParameters Read(ReadOnlySpan<byte> bytes, string source)
    {
        try
        {
            if (Long(ref bytes) != ListMagic || Long(ref bytes) != 0) throw new InvalidDataException("it does not begin as one");
            var arrays = new (long[] Shape, float[] Values)[Count(ref bytes)];
            for (var i = 0; i < arrays.Length; i++) arrays[i] = Array(ref bytes);
            if (Count(ref bytes) != arrays.Length) throw new InvalidDataException("not every array has a name");
            var named = new Dictionary<string, NamedTensor>(StringComparer.Ordinal);
            foreach (var (shape, values) in arrays)
            {
                var name = Encoding.UTF8.GetString(Take(ref bytes, checked((int)Long(ref bytes))));
                name = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
                named.Add(name, new NamedTensor(name, shape, values));
            }

            return new MxNetParameters(named);
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException or OverflowException)
        {
            throw new UserErrorException(
                $"{source} is not a parameter file of MXNet: {error.Message.TrimEnd('.')}. Fetch it again with models fetch.",
                inner: error);
        }
    }

    private static (long[] Shape, float[] Values) Array(ref ReadOnlySpan<byte> bytes)
    {
        if (Int(ref bytes) != ArrayMagic || Int(ref bytes) != 0)
            throw new InvalidDataException("an array is not dense, or of an old version");
        var shape = new long[Int(ref bytes)];
        if (shape.Length is 0 or > 8) throw new InvalidDataException($"an array has {shape.Length} sides");
        for (var i = 0; i < shape.Length; i++) shape[i] = checked((long)Long(ref bytes));
        Take(ref bytes, 2 * sizeof(int));
        if (Int(ref bytes) != 0) throw new InvalidDataException("an array is not of float32");
        var count = shape.Aggregate(1L, (product, side) => checked(product * side));
        if (count is < 0 or > MostValues) throw new InvalidDataException($"an array has {count} values");
        var raw = Take(ref bytes, checked((int)count * sizeof(float)));
        var values = new float[count];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(raw[(i * sizeof(float))..]);
        return (shape, values);
    }

    private static int Count(ref ReadOnlySpan<byte> bytes) => Long(ref bytes) is <= MostArrays and var count ? (int)count
        : throw new InvalidDataException("it has too many arrays");

    private static ulong Long(ref ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(Take(ref bytes, sizeof(ulong)));

    private static uint Int(ref ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(Take(ref bytes, sizeof(uint)));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        if (count < 0 || count > bytes.Length) throw new InvalidDataException("it ends early");
        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }
}
