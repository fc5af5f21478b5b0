using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ForensicHeads.Neural.Files;

/// <summary>Checks a safetensors header by every rule of the format, then reads the tensors.</summary>
internal static class SafetensorsReader
{
    // A tensor is read into one array, through a span of bytes.
    private const long MaxBytes = int.MaxValue;

    public static SafetensorsContent Read(Stream stream)
    {
        var (entries, metadata, dataStart) = ReadHeader(stream);
        CheckCoverage(entries, stream.Length - dataStart);
        var tensors = new Dictionary<string, NamedTensor>(entries.Count);
        foreach (var entry in entries)
        {
            stream.Position = dataStart + entry.Begin;
            tensors.Add(entry.Name, new NamedTensor(entry.Name, entry.Shape, ReadValues(stream, entry), entry.Precision));
        }

        foreach (var entry in entries.Where(entry => entry.Precision == TensorPrecision.Bits8)) TimesSteps(tensors, tensors[entry.Name]);

        return new SafetensorsContent(tensors, metadata);
    }

    public static IReadOnlyDictionary<string, string> ReadMetadata(Stream stream) => ReadHeader(stream).Metadata;

    private static (List<Entry> Entries, Dictionary<string, string> Metadata, long DataStart) ReadHeader(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (stream.Length < 8) throw new InvalidDataException($"it has {stream.Length} bytes, fewer than the 8 of the header length.");
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > (ulong)SafetensorsFile.MaxHeaderBytes) throw new InvalidDataException(
            $"its header claims {length} bytes; at most {SafetensorsFile.MaxHeaderBytes} are allowed.");
        if ((long)length > stream.Length - 8) throw new InvalidDataException(
            $"its header claims {length} bytes, but only {stream.Length - 8} follow.");
        var json = new byte[length];
        stream.ReadExactly(json);
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new InvalidDataException("its header is not a JSON object.");

        var entries = new List<Entry>();
        var metadata = new Dictionary<string, string>();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Name == "__metadata__") ReadMetadata(property.Value, metadata);
            else entries.Add(ParseEntry(property.Name, property.Value));
        }

        return (entries, metadata, 8 + (long)length);
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata)
    {
        if (element.ValueKind != JsonValueKind.Object
            || element.EnumerateObject().Any(field => field.Value.ValueKind != JsonValueKind.String))
        {
            throw new InvalidDataException("its metadata are not an object of texts.");
        }

        foreach (var field in element.EnumerateObject()) metadata[field.Name] = field.Value.GetString()!;
    }

    private static Entry ParseEntry(string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object ||
            !element.TryGetProperty("dtype", out var type) || type.ValueKind != JsonValueKind.String ||
            !element.TryGetProperty("shape", out var shape) || shape.ValueKind != JsonValueKind.Array ||
            !element.TryGetProperty("data_offsets", out var offsets) || offsets.ValueKind != JsonValueKind.Array
                || offsets.GetArrayLength() != 2)
        {
            throw new InvalidDataException($"tensor '{name}' lacks dtype, shape or data_offsets.");
        }

        var precision = type.GetString() switch
        {
            "F32" => TensorPrecision.Bits32,
            "F16" => TensorPrecision.Bits16,
            "I8" => TensorPrecision.Bits8,
            var other =>
                throw new InvalidDataException($"tensor '{name}' has type {other}; F32, F16 and I8 with a step for each row are allowed."),
        };
        var sides = new List<long>();
        long count = 1;
        foreach (var side in shape.EnumerateArray())
        {
            if (side.ValueKind != JsonValueKind.Number || !side.TryGetInt64(out var value) || value < 0)
                throw new InvalidDataException($"tensor '{name}' has a side that is not a whole number from 0.");
            sides.Add(value);
            try
            {
                count = checked(count * value);
            }
            catch (OverflowException)
            {
                throw new InvalidDataException($"tensor '{name}' has a shape too large to count.");
            }
        }

        if (offsets[0].ValueKind != JsonValueKind.Number || offsets[1].ValueKind != JsonValueKind.Number ||
            !offsets[0].TryGetInt64(out var begin) || !offsets[1].TryGetInt64(out var end) || begin < 0 || end < begin)
        {
            throw new InvalidDataException($"tensor '{name}' has offsets that are not two ascending whole numbers.");
        }

        if (count > MaxBytes / 4 || end - begin != count * Width(precision))
            throw new InvalidDataException(
                $"tensor '{name}' has {end - begin} bytes, not those of its shape.");
        return new Entry(name, sides, precision, begin, end);
    }

    private static void CheckCoverage(List<Entry> entries, long dataLength)
    {
        long position = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != position) throw new InvalidDataException(
                $"tensor '{entry.Name}' starts at {entry.Begin}, but the one before ends at {position}: a gap or an overlap.");
            position = entry.End;
        }

        if (position != dataLength) throw new InvalidDataException(
            $"its tensors end at byte {position} of {dataLength}: cut short or with bytes to spare.");
    }

    private static int Width(TensorPrecision precision) => precision switch
    {
        TensorPrecision.Bits32 => 4,
        TensorPrecision.Bits16 => 2,
        _ => 1,
    };

    private static float[] ReadValues(Stream stream, Entry entry)
    {
        var values = new float[(entry.End - entry.Begin) / Width(entry.Precision)];
        switch (entry.Precision)
        {
            case TensorPrecision.Bits32:
                stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
                break;
            case TensorPrecision.Bits16:
                var halves = new Half[values.Length];
                stream.ReadExactly(MemoryMarshal.AsBytes(halves.AsSpan()));
                for (var i = 0; i < values.Length; i++) values[i] = (float)halves[i];
                break;
            default:
                var codes = new sbyte[values.Length];
                stream.ReadExactly(MemoryMarshal.AsBytes(codes.AsSpan()));
                for (var i = 0; i < values.Length; i++) values[i] = codes[i];
                break;
        }

        return values;
    }

    // Codes become values; their steps are no tensor of their own.
    private static void TimesSteps(Dictionary<string, NamedTensor> tensors, NamedTensor codes)
    {
        if (codes.Shape.Count == 0 || !tensors.Remove(codes.Name + RowCodes.StepName, out var steps)
            || steps.Precision != TensorPrecision.Bits32 || !steps.Shape.SequenceEqual([codes.Shape[0]]))
            throw new InvalidDataException(
                $"tensor '{codes.Name}' has type I8 without a float for each of its rows in '{codes.Name}{RowCodes.StepName}'.");
        var columns = codes.Shape[0] == 0 ? 1 : codes.Values.Length / (int)codes.Shape[0];
        for (var i = 0; i < codes.Values.Length; i++) codes.Values[i] *= steps.Values[i / columns];
    }

    private sealed record Entry(string Name, IReadOnlyList<long> Shape, TensorPrecision Precision, long Begin, long End);
}
