using System.Buffers.Binary;

namespace ForensicHeads.Datasets.Tests;

public sealed class ParquetFooterTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_number_that_makes_a_field_run_off_the_footer_is_refused_and_read_no_further()
    {
        var index = Path.Combine(TestStores.Write(folder["store"], TestStores.People(2, 1, 2)).Path, "index.parquet");
        var good = File.ReadAllBytes(index);
        Check(index);
        var length = BinaryPrimitives.ReadInt32LittleEndian(good.AsSpan(good.Length - 8));
        var refused = 0;
        // Before there was such a check, some of these kept Parquet.Net reading for ever.
        for (var at = good.Length - 8 - length; at < good.Length - 12; at++)
        {
            var bytes = (byte[])good.Clone();
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), 0x00FFFFFF);
            File.WriteAllBytes(index, bytes);
            try
            {
                Check(index);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, length / 4, length);
    }

    [Theory]
    [InlineData(0, "it has 0 bytes")]
    [InlineData(100, "does not end as Parquet does")]
    public void What_is_no_Parquet_file_is_said_to_be_none(int length, string words)
    {
        File.WriteAllBytes(folder["x.parquet"], new byte[length]);
        Assert.Contains(words, Assert.Throws<InvalidDataException>(() => Check(folder["x.parquet"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_footer_longer_than_its_file_and_one_of_ever_deeper_structs_are_refused()
    {
        File.WriteAllBytes(folder["long.parquet"], [.. "PAR1"u8, .. new byte[10], 0xFF, 0xFF, 0xFF, 0x7F, .. "PAR1"u8]);
        Assert.Contains("claims 2147483647 bytes", Assert.Throws<InvalidDataException>(() => Check(folder["long.parquet"])).Message,
            StringComparison.Ordinal);
        byte[] deep = [.. Enumerable.Repeat((byte)0x1C, 100_000)];
        File.WriteAllBytes(folder["deep.parquet"], [.. "PAR1"u8, .. deep, .. BitConverter.GetBytes(deep.Length), .. "PAR1"u8]);
        Assert.Contains("footer is damaged", Assert.Throws<InvalidDataException>(() => Check(folder["deep.parquet"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_with_such_an_index_is_not_opened()
    {
        var store = TestStores.Write(folder["store"], TestStores.People(2, 1, 2));
        var index = Path.Combine(store.Path, "index.parquet");
        var bytes = File.ReadAllBytes(index);
        bytes.AsSpan(bytes.Length - 8 - BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(bytes.Length - 8)), 30).Fill(0xFF);
        File.WriteAllBytes(index, bytes);
        var error = Assert.Throws<UserErrorException>(() => FrameStore.Open(store.Path));
        Assert.Contains("cannot be read as Parquet: its footer is damaged", error.Message, StringComparison.Ordinal);
    }

    private static void Check(string path)
    {
        using var stream = File.OpenRead(path);
        ParquetFooter.Check(stream);
    }
}
