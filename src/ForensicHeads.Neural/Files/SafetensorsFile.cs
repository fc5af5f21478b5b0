using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ForensicHeads.Neural.Files;

/// <summary>Reads and writes safetensors files: an 8-byte header length, a JSON header, then the bytes of all tensors.</summary>
/// <remarks>Format: huggingface/safetensors. Everything in the header is checked before anything is allocated.</remarks>
public static class SafetensorsFile
{
    /// <summary>Largest header accepted, bytes.</summary>
    public const long MaxHeaderBytes = 100_000_000;

    /// <summary>Writes atomically. Tensors are laid out in the order given, metadata keys sorted: the same content gives the same
    /// bytes.</summary>
    /// <exception cref="ArgumentException">Two tensors of one name, or a number of values that is not the shape's.</exception>
    public static void Write(string path, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        AtomicFile.Write(path, Content(tensors, metadata));
    }

    /// <summary>Writes a file below a folder.</summary>
    /// <inheritdoc cref="Write(string, IReadOnlyList{NamedTensor}, IReadOnlyDictionary{string, string})"/>
    public static void Write(string folder, string name, IReadOnlyList<NamedTensor> tensors,
        IReadOnlyDictionary<string, string> metadata) =>
        AtomicFile.Write(folder, name, Content(tensors, metadata));

    /// <summary>The bytes of such a file.</summary>
    /// <inheritdoc cref="Write(string, IReadOnlyList{NamedTensor}, IReadOnlyDictionary{string, string})"/>
    public static byte[] ToBytes(IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var stream = new MemoryStream();
        Content(tensors, metadata)(stream);
        return stream.ToArray();
    }

    private static Action<Stream> Content(IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var header = new JsonObject();
        var about = new JsonObject();
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) about[key] = value;
        header["__metadata__"] = about;
        long offset = 0;
        foreach (var tensor in tensors)
        {
            if (tensor.Shape.Aggregate(1L, (product, side) => product * side) != tensor.Values.Length)
            {
                throw new ArgumentException(
                    $"'{tensor.Name}' has {tensor.Values.Length} values, not those of [{string.Join(", ", tensor.Shape)}].",
                    nameof(tensors));
            }

            // A stored tensor's bytes are made twice, here for their number alone, so that no second copy of all lies in the memory.
            foreach (var stored in tensor.Stored())
            {
                header.Add(stored.Name, new JsonObject
                {
                    ["dtype"] = stored.Type,
                    ["shape"] = new JsonArray(stored.Shape.Select(side => (JsonNode)JsonValue.Create(side)).ToArray()),
                    ["data_offsets"] = new JsonArray(offset, offset + stored.Bytes.Length),
                });
                offset += stored.Bytes.Length;
            }
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var padded = (json.Length + 7) / 8 * 8;
        return stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, padded);
            stream.Write(length);
            stream.Write(json);
            for (var i = json.Length; i < padded; i++) stream.WriteByte((byte)' ');
            foreach (var stored in tensors.SelectMany(tensor => tensor.Stored())) stream.Write(stored.Bytes);
        };
    }

    /// <summary>Reads the metadata alone.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) =>
        Read(path, () => PlainFile.Open(path), SafetensorsReader.ReadMetadata);

    /// <summary>Reads every tensor, as 32-bit floats, and the metadata.</summary>
    /// <exception cref="UserErrorException">The file is missing or breaks the format; says which rule.</exception>
    public static SafetensorsContent Read(string path) => Read(path, () => PlainFile.Open(path), SafetensorsReader.Read);

    /// <summary>Reads a file that came in a folder.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static SafetensorsContent Read(string folder, string name) =>
        Read(Path.Combine(folder, name), () => PlainFile.Open(folder, name), SafetensorsReader.Read);

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static SafetensorsContent Parse(ReadOnlyMemory<byte> bytes, string name) =>
        Read(name, () => new MemoryStream(bytes.ToArray(), writable: false), SafetensorsReader.Read);

    private static T Read<T>(string path, Func<Stream> open, Func<Stream, T> read)
    {
        try
        {
            using var stream = open();
            return read(stream);
        }
        catch (Exception error) when (error is InvalidDataException or JsonException or InvalidOperationException)
        {
            throw new UserErrorException($"{path} is not a usable safetensors file: {error.Message} Make or fetch it again.", inner: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Cannot read weights from {path}: {error.Message}", inner: error);
        }
    }
}
