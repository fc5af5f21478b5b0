namespace ForensicHeads.Generator.Tests.Watching;

public sealed class EventFileTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    // RFC 3720, appendix B.4, and the check value of the catalogue of CRC algorithms.
    public static TheoryData<byte[], uint> Known => new()
    {
        { new byte[32], 0x8a9136aa },
        { [.. Enumerable.Repeat((byte)0xff, 32)], 0x62a8ab43 },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)i)], 0x46dd794e },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))], 0x113fdb5c },
        { "123456789"u8.ToArray(), 0xe3069283 },
    };

    [Theory]
    [MemberData(nameof(Known), DisableDiscoveryEnumeration = true)]
    public void The_checksum_is_that_of_the_standard(byte[] bytes, uint crc)
    {
        Assert.Equal(crc, RecordFrame.Checksum(bytes));
        Assert.Equal(crc, EventReader.Crc(bytes));
    }

    [Fact]
    public void A_file_begins_as_those_of_tensorflow_do()
    {
        Write(1);
        var bytes = File.ReadAllBytes(Assert.Single(Files()));

        // Length 24 and its masked checksum; after the time, field 3 with thirteen letters.
        Assert.Equal([0x18, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22, 0x09], bytes[..13]);
        Assert.Equal([0x1a, 0x0d, .. "brain.Event:2"u8], bytes[21..36]);
    }

    [Fact]
    public void Curves_and_pictures_come_back_from_an_independent_reader()
    {
        byte[] png = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];
        using (var file = new EventFile(folder.Path, TimeProvider.System))
        {
            file.Write(300, [KeyValuePair.Create("loss/content", 0.25), KeyValuePair.Create("score/ê", -3.5)],
                new SampleDrawing(png, 448, 398, 0.1));
            file.Write(5_000_000_000, []);
        }

        var events = EventReader.Read(Assert.Single(Files()));
        Assert.Equal("brain.Event:2", events[0].Version);
        Assert.Equal([0, 300, 5_000_000_000], events.Select(item => item.Step));
        Assert.Equal(new Dictionary<string, float> { ["loss/content"] = 0.25f, ["score/ê"] = -3.5f }, events[1].Scalars);
        var (width, height, channels, bytes) = events[1].Images["samples"];
        Assert.Equal((448, 398, 3), (width, height, channels));
        Assert.Equal(png, bytes);
        Assert.All(events, item => Assert.InRange(item.WallTime, 1.7e9, 1e11));
    }

    [Fact]
    public void A_resumed_run_goes_on_in_a_new_file_and_no_step_stands_there_twice()
    {
        Write(1, 2, 3, 4);
        EventFile.DropAfter(folder.Path, 2);
        Write(3, 4);
        EventFile.DropAfter(folder.Path, 3);
        Write(4, 5);
        Assert.Equal(3, Files().Length);
        Assert.Equal([1, 2, 3, 4, 5], Files().SelectMany(EventReader.Read).Where(item => item.Version is null).Select(item => item.Step));
    }

    [Fact]
    public void A_start_at_step_0_leaves_no_events_and_an_unfinished_record_goes()
    {
        Write(1, 2);
        var file = Assert.Single(Files());
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^3]);
        EventFile.DropAfter(folder.Path, 9);
        Assert.Equal([0, 1], EventReader.Read(file).Select(item => item.Step));
        EventFile.DropAfter(folder.Path, 0);
        Assert.Empty(Files());
    }

    private void Write(params int[] steps)
    {
        using var file = new EventFile(folder.Path, TimeProvider.System);
        foreach (var step in steps) file.Write(step, [KeyValuePair.Create("loss/content", 1.0 / step)]);
    }

    private string[] Files() => [.. Directory.EnumerateFiles(folder.Path).Order(StringComparer.Ordinal)];
}
