using System.Numerics;
using Parquet;
using Parquet.Schema;

namespace ForensicHeads.Datasets.Store;

/// <summary>The columns of one row group, converted to the widest type of their kind.</summary>
internal sealed class IndexColumns(string path, long bytes, ParquetSchema schema, ParquetRowGroupReader group, int firstRow,
    Dictionary<string, string> pool)
{
    private const int Numbers = 2 * Landmarks68.Count;
    private readonly int rows = Bounded(path, bytes, group.RowCount);

    public string Path { get; } = path;

    public int FirstRow { get; } = firstRow;

    public bool Has(string name) => schema.Fields.Any(field => field.Name == name);

    public async Task<string?[]> Texts(string name, bool nullable = false)
    {
        var field = Field(name);
        var texts = new string?[rows];
        if (field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>))
        {
            await group.ReadAsync(field, texts.AsMemory()).ConfigureAwait(false);
        }
        else if (!nullable || !await AllNull(field).ConfigureAwait(false))
        {
            throw Wrong(name, field, "text");
        }

        // Identities, hashes and licences repeat in every row: keep one copy of each.
        for (var i = 0; i < rows; i++)
        {
            if (texts[i] is { } text)
            {
                if (!pool.TryAdd(text, text)) texts[i] = pool[text];
            }
            else if (!nullable)
            {
                throw Null(name, i);
            }
        }

        return texts;
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
            [.. (await Read<double>(field).ConfigureAwait(false)).Select((value, i) => Whole(value, i))];
        else throw Wrong(name, field, "integers");
        return Checked(name, values, nullable);

        static long?[] Convert<T>(T?[] from)
            where T : struct, INumber<T> => [.. from.Select(value => value is null ? (long?)null : long.CreateChecked(value.Value))];

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
        if (field.ClrType == typeof(float)) values = [.. (await Read<float>(field).ConfigureAwait(false)).Select(value => (double?)value)];
        else if (field.ClrType == typeof(double)) values = await Read<double>(field).ConfigureAwait(false);
        else values = [.. (await Integers(name, nullable).ConfigureAwait(false)).Select(value => (double?)value)];
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
        return [.. Checked(name, await Read<bool>(field).ConfigureAwait(false), nullable: false).Select(value => value!.Value)];
    }

    public async Task<Landmarks68[]> Landmarks(string name)
    {
        var field = Field(name);
        if (field.MaxRepetitionLevel != 1) throw Wrong(name, field, "a list of float32");
        float[]? values;
        if (field.ClrType == typeof(float)) values = await ReadList<float>(field).ConfigureAwait(false);
        else if (field.ClrType == typeof(double)) values = await ReadList<double>(field).ConfigureAwait(false);
        else throw Wrong(name, field, "a list of float32");

        if (values
            is null) throw new UserErrorException(
                $"{Path}: every row of {name} must hold {Numbers} numbers (x and y of 68 points). Make the store again.");
        if (!values.All(
            float.IsFinite)) throw new UserErrorException($"{Path}: {name} holds a number that is not finite. Make the store again.");
        return [.. Enumerable.Range(0, rows).Select(row => new Landmarks68(values.AsSpan(row * Numbers, Numbers).ToArray()))];
    }

    /// <summary>The list's numbers one after another, or null unless every row holds exactly <see cref="Numbers"/> of them.</summary>
    private async Task<float[]?> ReadList<T>(DataField field)
        where T : struct, INumber<T>
    {
        var count = checked(rows * Numbers);
        if (group.GetMetadata(field)?.MetaData?.NumValues != count) return null;
        var values = new T[count];
        var definition = new int[count];
        var repetition = new int[count];
        await group.ReadRawAsync<T>(field, values.AsMemory(), definition.AsMemory(), repetition.AsMemory(), CancellationToken.None)
            .ConfigureAwait(false);
        for (var i = 0; i < count; i++)
        {
            if (definition[i] != field.MaxDefinitionLevel || (repetition[i] == 0) != (i % Numbers == 0)) return null;
        }

        return [.. values.Select(float.CreateTruncating)];
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

    // Every row has a key and landmarks of its own, so that no file has more rows than bytes; arrays are made only for as many.
    private static int Bounded(string path, long bytes, long rows)
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

    private UserErrorException Null(string name, int row) =>
        new($"{Path}: {name} in row {FirstRow + row} is null, which this column does not allow. Fill it in or make the store again.");
}
