using System.Numerics;
using Parquet;
using Parquet.Schema;

namespace ForensicHeads.Datasets.Store;

/// <summary>The columns of one row group, converted to the widest type of their kind.</summary>
internal sealed class IndexColumns(string path, long bytes, ParquetSchema schema, ParquetRowGroupReader group, int firstRow,
    TextPool pool)
{
    /// <summary>Numbers of a row's landmarks.</summary>
    public const int Numbers = 2 * Landmarks68.Count;

    private readonly int rows = Bounded(path, bytes, group.RowCount);

    public string Path { get; } = path;

    public int FirstRow { get; } = firstRow;

    public bool Has(string name) => schema.Fields.Any(field => field.Name == name);

    /// <param name="name">The column.</param>
    /// <param name="nullable">Whether a row may have none.</param>
    /// <param name="repeats">Whether other rows have the same texts: identities, hashes and licences do, and are one object then.</param>
    public async Task<string?[]> Texts(string name, bool nullable = false, bool repeats = true)
    {
        var field = Field(name);
        var texts = new string?[rows];
        if (field.ClrType == typeof(ReadOnlyMemory<char>))
        {
            var read = new ReadOnlyMemory<char>[rows];
            var levels = field.MaxDefinitionLevel > 0 ? new int[rows] : null;
            await group.ReadRawAsync<ReadOnlyMemory<char>>(field, read.AsMemory(), levels?.AsMemory(), null, CancellationToken.None)
                .ConfigureAwait(false);
            for (var (i, next) = (0, 0); i < rows; i++)
            {
                if (levels is not null && levels[i] != field.MaxDefinitionLevel) continue;
                texts[i] = repeats ? pool.Of(read[next]) : read[next].ToString();
                next++;
            }
        }
        else if (field.ClrType == typeof(string))
        {
            await group.ReadAsync(field, texts.AsMemory()).ConfigureAwait(false);
            if (repeats) texts = Array.ConvertAll(texts, text => text is null ? null : pool.Of(text.AsMemory()));
        }
        else if (!nullable || !await AllNull(field).ConfigureAwait(false))
        {
            throw Wrong(name, field, "text");
        }

        return nullable || Array.FindIndex(texts, text => text is null) is var missing && missing < 0 ? texts : throw Null(name, missing);
    }

    public async Task<long?[]> Integers(string name, bool nullable = false)
    {
        var field = Field(name);
        var type = field.ClrType;
        long?[] values;
        if (type == typeof(int)) values = Convert<int>(await Read<int>(field).ConfigureAwait(false));
        else if (type == typeof(long)) values = Convert<long>(await Read<long>(field).ConfigureAwait(false));
        else if (type == typeof(short)) values = Convert<short>(await Read<short>(field).ConfigureAwait(false));
        else if (type == typeof(double)) values =
            [.. (await Read<double>(field).ConfigureAwait(false)).Select(Whole)];
        else throw Wrong(name, field, "integers");
        return Checked(name, values, nullable);

        static long?[] Convert<T>(T?[] from)
            where T : struct, INumber<T> => Array.ConvertAll(from, value => value is null ? (long?)null : long.CreateChecked(value.Value));

        // pandas turns a nullable integer column into doubles with NaN.
        long? Whole(double? value, int row) => value is null || double.IsNaN(value.Value) ? null
            : value == Math.Floor(value.Value) ? (long)value.Value
            : throw new UserErrorException(FormattableString.Invariant(
                $"{Path}: {name} = {value} in row {FirstRow + row} is not a whole number. Mend the value or make the store again."));
    }

    public async Task<double?[]> Reals(string name, bool nullable = false)
    {
        var field = Field(name);
        double?[] values;
        if (field.ClrType == typeof(float)) values = Array.ConvertAll(await Read<float>(field).ConfigureAwait(false),
            value => (double?)value);
        else if (field.ClrType == typeof(double)) values = await Read<double>(field).ConfigureAwait(false);
        else values = Array.ConvertAll(await Integers(name, nullable).ConfigureAwait(false), value => (double?)value);
        for (var i = 0; i < rows; i++)
        {
            if (values[i] is not { } value || double.IsFinite(value)) continue;
            values[i] = nullable ? null
                : throw new UserErrorException(FormattableString.Invariant(
                    $"{Path}: {name} = {value} in row {FirstRow + i} is not a finite number. Mend the value or make the store again."));
        }

        return Checked(name, values, nullable);
    }

    public async Task<bool[]> Flags(string name)
    {
        var field = Field(name);
        if (field.ClrType != typeof(bool)) throw Wrong(name, field, "true or false");
        return Array.ConvertAll(Checked(name, await Read<bool>(field).ConfigureAwait(false), nullable: false), value => value!.Value);
    }

    /// <summary>Refuses what the file's end says of the column where it is not <see cref="Landmarks"/>.</summary>
    public DataField CheckLandmarks(string name)
    {
        var field = Field(name);
        if (field.MaxRepetitionLevel != 1 || (field.ClrType != typeof(float) && field.ClrType != typeof(double)))
            throw Wrong(name, field, "a list of float32");
        return group.GetMetadata(field)?.MetaData?.NumValues == checked(rows * Numbers) ? field : throw Uneven(name);
    }

    /// <summary>The numbers of all rows one after another, 136 each.</summary>
    public async Task<float[]> Landmarks(string name)
    {
        var field = CheckLandmarks(name);
        var values = field.ClrType == typeof(float) ? await ReadList<float>(name, field).ConfigureAwait(false)
            : Array.ConvertAll(await ReadList<double>(name, field).ConfigureAwait(false), float.CreateTruncating);
        return Array.TrueForAll(values, float.IsFinite) ? values
            : throw new UserErrorException($"{Path}: {name} holds a number that is not finite. Make the store again.");
    }

    private async Task<T[]> ReadList<T>(string name, DataField field)
        where T : struct
    {
        var values = new T[rows * Numbers];
        var definition = new int[values.Length];
        var repetition = new int[values.Length];
        await group.ReadRawAsync<T>(field, values.AsMemory(), definition.AsMemory(), repetition.AsMemory(), CancellationToken.None)
            .ConfigureAwait(false);
        for (var i = 0; i < values.Length; i++)
            if (definition[i] != field.MaxDefinitionLevel || (repetition[i] == 0) != (i % Numbers == 0)) throw Uneven(name);
        return values;
    }

    private async Task<T?[]> Read<T>(DataField field)
        where T : struct
    {
        var values = new T?[rows];
        if (field.IsNullable)
        {
            await group.ReadAsync<T>(field, values.AsMemory(), null, CancellationToken.None).ConfigureAwait(false);
        }
        else
        {
            var plain = new T[rows];
            await group.ReadAsync<T>(field, plain.AsMemory(), null, CancellationToken.None).ConfigureAwait(false);
            for (var i = 0; i < rows; i++) values[i] = plain[i];
        }

        return values;
    }

    private async Task<bool> AllNull(DataField field)
    {
        // pandas stores a column of nothing but None as 32-bit integers of the logical type "null".
        if (!field.IsNullable || field.ClrType != typeof(int)) return false;
        return (await Read<int>(field).ConfigureAwait(false)).All(value => value is null);
    }

    private T?[] Checked<T>(string name, T?[] values, bool nullable)
        where T : struct
    {
        var missing = nullable ? -1 : Array.FindIndex(values, value => value is null);
        return missing < 0 ? values : throw Null(name, missing);
    }

    /// <summary>The number of rows, where it can be.</summary>
    // Every row has a key and landmarks of its own, so that no file has more rows than bytes; arrays are made only for as many.
    public static int Bounded(string path, long bytes, long rows)
    {
        return rows >= 0 && rows <= Math.Min(bytes, Array.MaxLength / Numbers) ? (int)rows
            : throw new UserErrorException($"{path} claims {rows} rows in {bytes} bytes. Make the store again or restore the file.");
    }

    private DataField Field(string name)
    {
        var field = schema.Fields.First(field => field.Name == name);
        return schema.GetDataFields().FirstOrDefault(data => data.Path.FirstPart == field.Name && (field is DataField or ListField))
            ?? throw new UserErrorException($"{Path}: column {name} is a structure where a plain column is needed. Make the store again.");
    }

    private UserErrorException Wrong(string name, DataField field, string wanted) =>
        new($"{Path}: column {name} holds {field.ClrType.Name} where {wanted} is needed. Cast the column or make the store again.");

    private UserErrorException Uneven(string name) =>
        new($"{Path}: every row of {name} must hold {Numbers} numbers (x and y of 68 points). Make the store again.");

    private UserErrorException Null(string name, int row) =>
        new($"{Path}: {name} in row {FirstRow + row} is null, which this column does not allow. Fill it in or make the store again.");
}

/// <summary>Keeps one object of each text that repeats.</summary>
internal sealed class TextPool
{
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private string last = "";

    /// <summary>The text of characters, known at once where it is the one before.</summary>
    public string Of(ReadOnlyMemory<char> read)
    {
        if (read.Span.SequenceEqual(last)) return last;
        if (!texts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(read.Span, out var text)) texts[text = read.ToString()] = text;
        return last = text;
    }
}
