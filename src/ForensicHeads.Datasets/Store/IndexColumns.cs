using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Parquet;
using Parquet.Schema;

namespace ForensicHeads.Datasets.Store;

/// <summary>The columns of one row group, converted to the widest type of their kind. Their arrays are lent: they may be longer than there
/// are rows, and serve for other groups after <see cref="Dispose"/>.</summary>
internal sealed class IndexColumns(string path, SafeFileHandle file, ParquetSchema schema, ParquetRowGroupReader group, int firstRow)
    : IDisposable
{
    /// <summary>Numbers of a row's landmarks.</summary>
    public const int Numbers = 2 * Landmarks68.Count;

    /// <summary>What stands for no whole number where there may be none.</summary>
    public const long None = long.MinValue;

    private readonly int rows = Bounded(path, RandomAccess.GetLength(file), group.RowCount);
    private readonly TextPool texts = new();
    private readonly List<Action> lent = [];

    public string Path { get; } = path;

    public int FirstRow { get; } = firstRow;

    public int Rows => rows;

    /// <summary>A whole number of 32 bits; null for <see cref="None"/>.</summary>
    public static int? Number(long value) => value == None ? null : (int)value;

    public bool Has(string name) => schema.Fields.Any(field => field.Name == name);

    /// <summary>A text by its number; null for that of no text.</summary>
    public string? Text(int number) => texts[number];

    /// <summary>Texts that repeat (identities, hashes and licences do), each as the number by which <see cref="Text"/> knows it.</summary>
    /// <param name="name">The column.</param>
    /// <param name="nullable">Whether a row may have none.</param>
    public Task<int[]> Texts(string name, bool nullable = false) => Characters(name, nullable, TextPool.None, texts.Number);

    /// <summary>Texts of which no two are alike; none is null.</summary>
    public Task<ReadOnlyMemory<char>[]> Keys(string name) => Characters(name, nullable: false, default, text => text);

    /// <summary>Copies of the cells of a column of bytes or characters, inside of a structure or not; null where there is none.</summary>
    public async Task<T[]?[]> Cells<T>(DataField field) => (await Read<ReadOnlyMemory<T>, T[]?>(field.Path.ToString(), field,
        nullable: true, null, (cell, _) => cell.ToArray()).ConfigureAwait(false)).AsSpan(0, rows).ToArray();

    /// <summary>Whole numbers; <see cref="None"/> for null.</summary>
    public async Task<long[]> Integers(string name, bool nullable = false)
    {
        var field = Field(name);
        var type = field.ClrType;
        if (type == typeof(int)) return await Whole<int>().ConfigureAwait(false);
        if (type == typeof(long)) return await Whole<long>().ConfigureAwait(false);
        if (type == typeof(short)) return await Whole<short>().ConfigureAwait(false);
        // pandas turns a nullable integer column into doubles with NaN.
        if (type == typeof(double)) return await Read<double, long>(name, field, nullable, None, (value, row) =>
            double.IsNaN(value) ? (nullable ? None : throw Null(name, row)) : value == Math.Floor(value) ? Known((long)value)
            : throw Wrong(name, FormattableString.Invariant($"{value}"), "not a whole number", row)).ConfigureAwait(false);
        throw Wrong(name, field, "integers");

        Task<long[]> Whole<T>()
            where T : struct, INumber<T> =>
            Read<T, long>(name, field, nullable, None, (value, _) => Known(long.CreateChecked(value)));

        long Known(long value) => value != None || !nullable ? value : throw TooLarge(name, value);
    }

    /// <summary>Whole numbers of 32 bits; <see cref="None"/> for null.</summary>
    public async Task<long[]> Small(string name, bool nullable = false)
    {
        var values = await Integers(name, nullable).ConfigureAwait(false);
        foreach (var value in values.AsSpan(0, rows))
            if (value != (int)value && (value != None || !nullable)) throw TooLarge(name, value);
        return values;
    }

    /// <summary>Finite numbers; NaN for null.</summary>
    public async Task<double[]> Reals(string name, bool nullable = false)
    {
        var field = Field(name);
        if (field.ClrType == typeof(float)) return await Read<float, double>(name, field, nullable, double.NaN,
            (value, row) => Finite(value, row)).ConfigureAwait(false);
        if (field.ClrType == typeof(double)) return await Read<double, double>(name, field, nullable, double.NaN, Finite)
            .ConfigureAwait(false);
        var (whole, values) = (await Integers(name, nullable).ConfigureAwait(false), Lent<double>(rows));
        for (var i = 0; i < rows; i++) values[i] = nullable && whole[i] == None ? double.NaN : whole[i];
        return values;

        double Finite(double value, int row) => double.IsFinite(value) ? value
            : nullable ? double.NaN : throw Wrong(name, FormattableString.Invariant($"{value}"), "not a finite number", row);
    }

    public Task<bool[]> Flags(string name)
    {
        var field = Field(name);
        return field.ClrType == typeof(bool) ? Read<bool, bool>(name, field, nullable: false, false, (value, _) => value)
            : throw Wrong(name, field, "true or false");
    }

    /// <summary>Refuses what the file's end says of the column where it is not <see cref="Landmarks"/>.</summary>
    public DataField CheckLandmarks(string name)
    {
        var field = Field(name);
        if (field.MaxRepetitionLevel != 1 || (field.ClrType != typeof(float) && field.ClrType != typeof(double)))
            throw Wrong(name, field, "a list of float32");
        return group.GetMetadata(field)?.MetaData?.NumValues == checked(rows * Numbers) ? field : throw Uneven(name);
    }

    /// <summary>The landmarks of some rows, each at the place that its row has in the group; all are looked at.</summary>
    /// <param name="name">The column.</param>
    /// <param name="wanted">Rows of the file.</param>
    public async Task<Landmarks68?[]> Landmarks(string name, int[] wanted)
    {
        var field = CheckLandmarks(name);
        if (field.ClrType == typeof(double)) return Some(await ReadList<double>(name, field).ConfigureAwait(false));
        var ours = LandmarkPages.Read(file, group.GetMetadata(field)!.MetaData!, field.MaxDefinitionLevel, rows,
            wanted.Select(row => row - FirstRow), out var isFinite);
        return !isFinite ? throw NotFinite(name) : ours ?? Some(await ReadList<float>(name, field).ConfigureAwait(false));

        Landmarks68?[] Some<T>(T[] read)
            where T : struct, INumberBase<T>
        {
            var values = read as float[] ?? Array.ConvertAll(read, float.CreateTruncating);
            if (!LandmarkPages.AreFinite(values.AsSpan(0, rows * Numbers))) throw NotFinite(name);
            var landmarks = new Landmarks68?[rows];
            foreach (var row in wanted)
                landmarks[row - FirstRow] = new Landmarks68(values.AsSpan((row - FirstRow) * Numbers, Numbers).ToArray());
            GiveBack(read);
            return landmarks;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var giveBack in lent) giveBack();
        lent.Clear();
    }

    /// <summary>The number of rows, where it can be.</summary>
    // Every row has a key and landmarks of its own, so that no file has more rows than bytes; arrays are made only for as many.
    public static int Bounded(string path, long bytes, long rows)
    {
        return rows >= 0 && rows <= Math.Min(bytes, Array.MaxLength / Numbers) ? (int)rows
            : throw new UserErrorException($"{path} claims {rows} rows in {bytes} bytes. Make the store again or restore the file.");
    }

    private async Task<T[]> Characters<T>(string name, bool nullable, T missing, Func<ReadOnlyMemory<char>, T> convert)
    {
        var field = Field(name);
        if (field.ClrType == typeof(ReadOnlyMemory<char>))
            return await Read<ReadOnlyMemory<char>, T>(name, field, nullable, missing, (text, _) => convert(text)).ConfigureAwait(false);
        if (field.ClrType == typeof(string))
        {
            var (read, values) = (new string?[rows], Lent<T>(rows));
            await group.ReadAsync(field, read.AsMemory()).ConfigureAwait(false);
            for (var i = 0; i < rows; i++)
                values[i] = read[i] is { } text ? convert(text.AsMemory()) : nullable ? missing : throw Null(name, i);
            return values;
        }

        // pandas stores a column of nothing but None as 32-bit integers of the logical type "null".
        if (nullable && field.IsNullable && field.ClrType == typeof(int))
            return await Read<int, T>(name, field, nullable, missing, (_, _) => throw Wrong(name, field, "text")).ConfigureAwait(false);
        throw Wrong(name, field, "text");
    }

    private async Task<TTo[]> Read<T, TTo>(string name, DataField field, bool nullable, TTo missing, Func<T, int, TTo> convert)
        where T : struct
    {
        var count = group.GetMetadata(field)?.MetaData?.NumValues;
        if (count != rows) throw new UserErrorException(
            $"{Path}: column {name} claims {count} values in {rows} rows. Make the store again.");
        var (values, read) = (Lent<TTo>(rows), Borrowed<T>(rows));
        var levels = field.MaxDefinitionLevel > 0 ? Borrowed<int>(rows) : null;
        // A damaged page may fill less than it says.
        read.AsSpan(0, rows).Clear();
        levels.AsSpan().Clear();
        await group.ReadRawAsync<T>(field, read.AsMemory(0, rows), levels is null ? (Memory<int>?)null : levels.AsMemory(0, rows), null,
            CancellationToken.None).ConfigureAwait(false);
        // What is there stands one after another, without room for the nulls between.
        for (var (i, next) = (0, 0); i < rows; i++)
            values[i] = levels is null || levels[i] == field.MaxDefinitionLevel ? convert(read[next++], i)
                : nullable ? missing : throw Null(name, i);
        GiveBack(read);
        if (levels is not null) GiveBack(levels);
        return values;
    }

    private async Task<T[]> ReadList<T>(string name, DataField field)
        where T : struct
    {
        var count = rows * Numbers;
        var values = Borrowed<T>(count);
        var (definition, repetition) = (Borrowed<int>(count), Borrowed<int>(count));
        definition.AsSpan(0, count).Clear();
        await group.ReadRawAsync<T>(field, values.AsMemory(0, count), definition.AsMemory(0, count), repetition.AsMemory(0, count),
            CancellationToken.None).ConfigureAwait(false);
        for (var row = 0; row < rows; row++)
        {
            var starts = repetition.AsSpan(row * Numbers, Numbers);
            if (definition.AsSpan(row * Numbers, Numbers).ContainsAnyExcept(field.MaxDefinitionLevel) || starts[0] != 0
                || starts[1..].Contains(0)) throw Uneven(name);
        }

        GiveBack(definition);
        GiveBack(repetition);
        return values;
    }

    private T[] Lent<T>(int count)
    {
        var array = Borrowed<T>(count);
        lent.Add(() => GiveBack(array));
        return array;
    }

    private static T[] Borrowed<T>(int count) => ArrayPool<T>.Shared.Rent(count);

    private static void GiveBack<T>(T[] array) =>
        ArrayPool<T>.Shared.Return(array, RuntimeHelpers.IsReferenceOrContainsReferences<T>());

    private DataField Field(string name)
    {
        var field = schema.Fields.First(field => field.Name == name);
        return schema.GetDataFields().FirstOrDefault(data => data.Path.FirstPart == field.Name && (field is DataField or ListField))
            ?? throw new UserErrorException($"{Path}: column {name} is a structure where a plain column is needed. Make the store again.");
    }

    private UserErrorException Wrong(string name, DataField field, string wanted) =>
        new($"{Path}: column {name} holds {field.ClrType.Name} where {wanted} is needed. Cast the column or make the store again.");

    private UserErrorException Wrong(string name, string value, string what, int row) =>
        new(FormattableString.Invariant(
            $"{Path}: {name} = {value} in row {FirstRow + row} is {what}. Mend the value or make the store again."));

    private UserErrorException TooLarge(string name, long value) =>
        new(FormattableString.Invariant($"{Path}: {name} = {value} does not fit 32 bits. Make the store again."));

    private UserErrorException NotFinite(string name) =>
        new($"{Path}: {name} holds a number that is not finite. Make the store again.");

    private UserErrorException Uneven(string name) =>
        new($"{Path}: every row of {name} must hold {Numbers} numbers (x and y of 68 points). Make the store again.");

    private UserErrorException Null(string name, int row) =>
        new($"{Path}: {name} in row {FirstRow + row} is null, which this column does not allow. Fill it in or make the store again.");
}

/// <summary>Keeps one object of each text that repeats, and a number for it.</summary>
internal sealed class TextPool
{
    /// <summary>The number of no text.</summary>
    public const int None = -1;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> texts = [];
    private int last = None;

    /// <summary>A text by its number; null for <see cref="None"/>.</summary>
    public string? this[int number] => number == None ? null : texts[number];

    /// <summary>The number of a text, known at once where it is the one before.</summary>
    public int Number(ReadOnlyMemory<char> read)
    {
        if (last != None && read.Span.SequenceEqual(texts[last])) return last;
        if (numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(read.Span, out last)) return last;
        texts.Add(read.ToString());
        return numbers[texts[^1]] = last = texts.Count - 1;
    }
}
