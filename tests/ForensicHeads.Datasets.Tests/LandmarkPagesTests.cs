using Parquet;
using Parquet.Schema;

namespace ForensicHeads.Datasets.Tests;

/// <summary>Landmarks that are read without the library are those that it reads, whatever the file says.</summary>
public sealed class LandmarkPagesTests : IDisposable
{
    private const int Rows = 3;
    private readonly TestFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_this_toolkit_writes_is_read_without_the_library_and_only_where_it_is_wanted()
    {
        FrameRecord[] frames = [.. TestStores.People(1, 1, Rows)];
        using (var index = File.Create(folder["index.parquet"])) FrameIndex.Write(index, frames);
        var read = await Read(folder["index.parquet"], [0, 2]);
        Assert.NotNull(read);
        Assert.Equal(frames[0].Landmarks.Values, read[0]!.Values);
        Assert.Null(read[1]);
        Assert.Equal(frames[2].Landmarks.Values, read[2]!.Values);
    }

    [Theory]
    [InlineData(true, CompressionMethod.Snappy, 136)]
    [InlineData(false, CompressionMethod.Gzip, 136)]
    [InlineData(false, CompressionMethod.Snappy, 135)]
    public async Task What_others_write_is_left_to_the_library(bool nullable, CompressionMethod compression, int firstRow)
    {
        var path = await Write(nullable, compression, firstRow);
        var read = await Read(path, [0, 1, 2]);
        // A column that allows nulls and has none is as ours, one level higher.
        Assert.Equal(nullable, read is not null);
        if (nullable) Assert.Equal(Enumerable.Range(0, Rows * 136).Select(i => (float)i), read!.SelectMany(row => row!.Values));
    }

    [Fact]
    public void A_row_with_a_number_too_few_and_one_with_one_too_many_are_refused()
    {
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, Rows));
        var (frames, path) = (store.Frames.ToArray(), Path.Combine(store.Path, "index.parquet"));
        frames[0] = frames[0] with { Landmarks = new Landmarks68([.. Enumerable.Repeat(1f, 136)]) };
        using (var index = File.Create(path)) FrameIndex.Write(index, frames);
        Assert.Equal(Rows, FrameStore.Open(store.Path).Count);
        // The run that says that the numbers 1 to 135 of the first row go on in it, made one shorter.
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().IndexOf((byte[])[2, 0, 0x8E, 2, 1]);
        Assert.True(at > 0, "the levels of repetition are not where they were");
        bytes[at + 2] = 0x8C;
        File.WriteAllBytes(path, bytes);
        Assert.Throws<UserErrorException>(() => FrameStore.Open(store.Path));
    }

    [Fact]
    public async Task Of_a_file_with_a_changed_byte_it_reads_what_the_library_reads_or_nothing()
    {
        var path = folder["index.parquet"];
        using (var index = File.Create(path)) FrameIndex.Write(index, [.. TestStores.People(1, 1, Rows)]);
        var whole = await File.ReadAllBytesAsync(path, Cancellation);
        var (first, length) = await Place(path);
        var (same, left) = (0, 0);
        for (var at = first; at < first + length; at++)
        {
            foreach (var bit in Enumerable.Range(0, 8))
            {
                var changed = whole.ToArray();
                changed[at] ^= (byte)(1 << bit);
                await File.WriteAllBytesAsync(path, changed, Cancellation);
                Landmarks68?[]? read = null;
                try
                {
                    read = await Read(path, [0, 1, 2]);
                }
                catch (Exception error) when (error is InvalidDataException or ArgumentException or InvalidOperationException)
                {
                    // As the library says that a page is damaged.
                }

                if (read is null) left++;
                else
                {
                    Assert.Equal(await ByLibrary(path), read.SelectMany(row => row!.Values));
                    same++;
                }
            }
        }

        Assert.True(same > 0 && left > 0, $"{same} read, {left} left to the library");
    }

    private static async Task<Landmarks68?[]?> Read(string path, int[] wanted)
    {
        using var stream = File.OpenRead(path);
        await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: Cancellation);
        using var group = reader.OpenRowGroupReader(0);
        var field = Landmarks(reader);
        return LandmarkPages.Read(stream.SafeFileHandle, group.GetMetadata(field)!.MetaData!, field.MaxDefinitionLevel, Rows, wanted,
            out _);
    }

    private static async Task<float[]> ByLibrary(string path)
    {
        using var stream = File.OpenRead(path);
        await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: Cancellation);
        using var group = reader.OpenRowGroupReader(0);
        var (values, levels) = (new float[Rows * 136], new int[Rows * 136]);
        await group.ReadRawAsync<float>(Landmarks(reader), values, levels.AsMemory(), levels.ToArray().AsMemory(), Cancellation);
        return values;
    }

    private static async Task<(int First, int Length)> Place(string path)
    {
        using var stream = File.OpenRead(path);
        await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: Cancellation);
        using var group = reader.OpenRowGroupReader(0);
        var column = group.GetMetadata(Landmarks(reader))!.MetaData!;
        return ((int)column.DataPageOffset, (int)column.TotalCompressedSize);
    }

    private static DataField Landmarks(ParquetReader reader) =>
        reader.Schema.GetDataFields().First(field => field.Path.FirstPart == "landmarks");

    private async Task<string> Write(bool nullable, CompressionMethod compression, int firstRow)
    {
        var schema = new ParquetSchema(new ListField("landmarks", new DataField<float>(ListField.ElementName, nullable)));
        var field = schema.GetDataFields().Single();
        float[] values = [.. Enumerable.Range(0, Rows * 136).Select(i => (float)i)];
        int[] definition = [.. values.Select(_ => field.MaxDefinitionLevel)];
        int[] repetition = [.. values.Select((_, i) => i == 0 || i == firstRow || i == 272 ? 0 : 1)];
        using (var file = File.Create(folder["other.parquet"]))
        {
            await using var writer = await ParquetWriter.CreateAsync(schema, file, new ParquetOptions { CompressionMethod = compression },
                cancellationToken: Cancellation);
            using var group = writer.CreateRowGroup();
            await group.WriteAllPartsAsync<float>(field, values, definition, repetition, Cancellation);
        }

        return folder["other.parquet"];
    }
}
