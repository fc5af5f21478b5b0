using Parquet;
using Parquet.Schema;

namespace ForensicHeads.Datasets.Tests;

public class FrameIndexTests
{
    [Fact]
    public void The_schema_is_the_contract()
    {
        const string Contract = """
            key text, shard int32, offset int64, length int64, identity text, video text, track int32, frame_number int32, time_s double,
            landmarks float list, landmark_confidence float, crop_x float, crop_y float, crop_w float, crop_h float,
            source_sha256 text, source_codec text,
            source_width int32, source_height int32, licence text, may_generate bool, group text, status text, label text, generator text?,
            weights_sha256 text?,
            mode text?, shots int32?, draw int32?, driver_video text?, driver_frame int32?, nearest_shot_distance float?
            """;
        Assert.Equal(Contract.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            FrameIndex.Schema.Fields.Select(field => $"{field.Name} {TypeOf(field)}"));
    }

    [Fact]
    public void The_page_of_columns_has_each_with_its_type_in_the_order_of_the_schema()
    {
        string[][] page = [.. File.ReadLines(Repository.At("docs/index-columns.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))];
        Assert.Equal([.. FrameIndex.Schema.Fields.Select(field => $"{field.Name} {TypeOf(field)}"),
            .. SaidColumn.All.Select(column => $"{column.Name} text?")], page.Select(row => $"{row[1].Trim('`')} {row[2]}"));
        // A row says what its column holds.
        Assert.All(page, row => Assert.True(row.Length == 6 && row[4].Length > 0, string.Join('|', row)));
    }

    private static string TypeOf(Field field) => field is ListField list ? $"{TypeOf(list.Item)} list"
        : (((DataField)field).ClrType.Name switch
        {
            nameof(Int32) => "int32",
            nameof(Int64) => "int64",
            nameof(Single) => "float",
            nameof(Double) => "double",
            nameof(Boolean) => "bool",
            _ => "text",
        }) + (field.IsNullable ? "?" : "");

    [Theory]
    [InlineData("may_generate", "lacks the column may_generate")]
    [InlineData("landmarks", "lacks the column landmarks")]
    public async Task A_missing_column_is_named(string column, string message)
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, 1));
        await Write(store, [.. FrameIndex.Schema.Fields.Where(field => field.Name != column)]);
        Refused(store, message);
    }

    [Fact]
    public async Task A_column_of_another_type_and_a_null_where_none_may_be_are_named()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, 1));
        await Write(store,
            [.. FrameIndex.Schema.Fields.Select(field => field.Name == "track" ? new DataField<string>("track", false) : field)]);
        Refused(store, "column track holds");
        await Write(store, [.. FrameIndex.Schema.Fields.Select(field => field.Name == "track" ? new DataField<int>("track", true) : field)],
            nullColumn: "track");
        Refused(store, "track in row 0 is null");
    }

    [Fact]
    public async Task A_label_or_a_mode_that_nobody_knows_is_refused_with_those_there_are()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, 1));
        await Write(store, [.. FrameIndex.Schema.Fields], label: "fake");
        Refused(store, "label in row 0 is 'fake'; allowed are real and generated");
        await Write(store, [.. FrameIndex.Schema.Fields], mode: "Ff");
        Refused(store, "mode in row 0 is 'Ff'; allowed are ff, ft and null");
    }

    [Fact]
    public async Task Wider_and_nullable_columns_as_other_tools_write_them_are_read()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, 1));
        await Write(store, [.. FrameIndex.Schema.Fields.Select(field => field switch
        {
            ListField => new ListField("landmarks", new DataField<double>("element", true)),
            DataField { Name: "shots" } => new DataField<double>("shots", true),
            DataField data when data.ClrType == typeof(int) => new DataField<long>(field.Name, true),
            DataField data when data.ClrType == typeof(float) => new DataField<double>(field.Name, true),
            _ => field,
        })]);
        var read = Assert.Single(FrameStore.Open(store.Path).Frames);
        Assert.Equal(("k", 7, 7), (read.Key, read.Track, read.Origin.Shots));
        Assert.Equal(136, read.Landmarks.Values.Count(value => value == 0.5f));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(-20)]
    public void A_damaged_file_is_one_line(int length)
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, 3));
        var index = Path.Combine(store.Path, "index.parquet");
        var bytes = File.ReadAllBytes(index);
        File.WriteAllBytes(index, bytes[..(length < 0 ? bytes.Length + length : length)]);
        Refused(store, "cannot be read as Parquet");
    }

    // Parquet.Net writes the levels of a field anew whenever a schema is made of it, nought among them for a moment: a field shared by
    // writers made broken columns in 10 of 30,000 files.
    [Fact]
    public void Writers_share_no_field()
    {
        Assert.Empty(FrameIndex.Schema.Fields.Intersect(FrameIndex.Schema.Fields, ReferenceEqualityComparer.Instance));
    }

    private static void Refused(FrameStore store, string message)
    {
        var error = Assert.Throws<UserErrorException>(() => FrameStore.Open(store.Path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    /// <summary>Replaces a store's index by one row: key "k", labels that are allowed, and 7, 0.5 or true everywhere else.</summary>
    private static async Task Write(FrameStore store, Field[] fields, string? nullColumn = null, string label = "real", string mode = "ff")
    {
        var schema = new ParquetSchema(fields);
        using var memory = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(schema, memory, cancellationToken: TestContext.Current.CancellationToken))
        {
            using var group = writer.CreateRowGroup();
            foreach (var field in schema.GetDataFields())
            {
                var name = field.Path.FirstPart;
                var whole = name is "shard" ? 0 : name is "offset" ? 512 : 7;
                var isNull = name == nullColumn;
                if (name == "landmarks") await List(group, field);
                else if (field.ClrType == typeof(int)) await Value(group, field, whole, isNull);
                else if (field.ClrType == typeof(long)) await Value(group, field, (long)whole, isNull);
                else if (field.ClrType == typeof(float)) await Value(group, field, 0.5f, isNull);
                else if (field.ClrType == typeof(double)) await Value(group, field, name == "shots" ? 7.0 : 0.5, isNull);
                else if (field.ClrType == typeof(bool)) await Value(group, field, true, isNull);
                else await group.WriteAsync(
                    field, [name switch { "key" => "k", "label" => label, "status" => "ok", "mode" => mode, _ => "x" }]);
            }
        }

        File.WriteAllBytes(Path.Combine(store.Path, "index.parquet"), memory.ToArray());
    }

    private static Task Value<T>(ParquetRowGroupWriter group, DataField field, T value, bool isNull)
        where T : struct =>
            field.IsNullable ? group.WriteAsync<T>(field, new T?[] { isNull ? null : value }.AsMemory())
            : group.WriteAsync<T>(field, new[] { value }.AsMemory());

    private static Task List(ParquetRowGroupWriter group, DataField field)
    {
        var definition = Enumerable.Repeat(field.MaxDefinitionLevel, 136).ToArray();
        var repetition = Enumerable.Range(0, 136).Select(i => i == 0 ? 0 : 1).ToArray();
        return field.ClrType == typeof(double)
            ? group.WriteAllPartsAsync<double>(field, Enumerable.Repeat(0.5, 136).ToArray(), definition, repetition, CancellationToken.None)
            : group.WriteAllPartsAsync<float>(field, Enumerable.Repeat(0.5f, 136).ToArray(), definition, repetition,
            CancellationToken.None);
    }
}
