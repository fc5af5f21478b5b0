using System.Text;

namespace ForensicHeads.Generator.Tests.Watching;

/// <summary>Reads event files from the definitions alone: record framing, CRC-32C bit by bit, the wire form of protocol buffers.</summary>
internal static class EventReader
{
    /// <summary>All events of a file; fails where a checksum, a length or a field is wrong.</summary>
    public static List<ReadEvent> Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var events = new List<ReadEvent>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BitConverter.ToUInt64(bytes, at);
            Assert.Equal(Mask(Crc(bytes.AsSpan(at, 8))), BitConverter.ToUInt32(bytes, at + 8));
            var record = bytes.AsSpan(at + 12, length);
            Assert.Equal(Mask(Crc(record)), BitConverter.ToUInt32(bytes, at + 12 + length));
            events.Add(Event(record.ToArray()));
            at += 16 + length;
        }

        return events;
    }

    /// <summary>CRC-32C by its polynomial, reflected: 0x82F63B78.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xffffffffu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x82f63b78u : crc >> 1;
        }

        return crc ^ 0xffffffffu;
    }

    private static uint Mask(uint crc) => unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8u);

    private static ReadEvent Event(byte[] record)
    {
        var read = new ReadEvent();
        foreach (var (field, value) in Fields(record))
        {
            switch (field)
            {
                case 1: read.WallTime = BitConverter.ToDouble(value); break;
                case 2: read.Step = BitConverter.ToInt64(value); break;
                case 3: read.Version = Encoding.UTF8.GetString(value); break;
                case 5: foreach (var item in Fields(value)) Value(read, Assert.Single([item], one => one.Field == 1).Value); break;
                default: Assert.Fail($"An event has no field {field}."); break;
            }
        }

        return read;
    }

    private static void Value(ReadEvent read, byte[] message)
    {
        var fields = Fields(message).ToDictionary(item => item.Field, item => item.Value);
        var tag = Encoding.UTF8.GetString(fields[1]);
        if (fields.TryGetValue(2, out var number)) read.Scalars.Add(tag, BitConverter.ToSingle(number));
        if (!fields.TryGetValue(4, out var picture)) return;
        var image = Fields(picture).ToDictionary(item => item.Field, item => item.Value);
        read.Images.Add(tag,
            ((int)BitConverter.ToInt64(image[2]), (int)BitConverter.ToInt64(image[1]), (int)BitConverter.ToInt64(image[3]), image[4]));
    }

    private static List<(int Field, byte[] Value)> Fields(byte[] message)
    {
        var fields = new List<(int, byte[])>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var length = (key & 7) switch
            {
                0 => 0,
                1 => 8,
                5 => 4,
                2 => (int)Varint(message, ref at),
                _ =>
                throw new InvalidDataException($"wire type {key & 7}")
            };
            fields.Add(((int)(key >> 3), (key & 7) == 0 ? BitConverter.GetBytes(Varint(message, ref at)) : message[at..(at += length)]));
        }

        return fields;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128) return value;
        }
    }
}

/// <summary>One event as it was read.</summary>
internal sealed class ReadEvent
{
    public double WallTime { get; set; }

    public long Step { get; set; }

    public string? Version { get; set; }

    public Dictionary<string, float> Scalars { get; } = [];

    public Dictionary<string, (int Width, int Height, int Channels, byte[] Png)> Images { get; } = [];
}
