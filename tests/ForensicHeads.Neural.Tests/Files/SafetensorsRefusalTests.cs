using System.Buffers.Binary;
using System.Text;

namespace ForensicHeads.Neural.Tests.Files;

public sealed class SafetensorsRefusalTests : IDisposable
{
    private const string Good = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
    private readonly TemporaryFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public void The_file_that_the_refused_ones_spoil_is_itself_read() => Assert.Single(Read(Good, 8).Tensors);

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "end at byte 8 of 7")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "end at byte 8 of 9")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "a gap or an overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "a gap or an overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}""", 16, "a gap or an overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "a gap or an overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "not those of its shape")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,8]}}""", 8, "not those of its shape")]
    [InlineData("""{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", 8, "type I64")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "a side that is not")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "a side that is not")]
    [InlineData("""{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", 8, "a side that is not")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 8, "too large")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387906],"data_offsets":[0,8]}}""", 8, "not those of its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}""", 8, "lacks")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "lacks")]
    [InlineData("""{"a":7}""", 8, "lacks")]
    [InlineData("""[1]""", 8, "not a JSON object")]
    [InlineData("""{"a":""", 8, "safetensors")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "'a'")]
    [InlineData("""{"a":{"dtype":"F16","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "'dtype'")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "'k'")]
    [InlineData("""{"__metadata__":{"k":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "metadata")]
    [InlineData("""{"__metadata__":"text","a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "metadata")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "safetensors")]
    public void A_header_that_breaks_a_rule_is_refused_in_one_line(string header, int dataBytes, string says)
    {
        var error = Assert.Throws<UserErrorException>(() => Read(header, dataBytes));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains(file.Path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_file_shorter_than_the_header_length_is_refused(int length)
    {
        File.WriteAllBytes(file.Path, new byte[length]);
        Assert.Contains($"{length} bytes", Assert.Throws<UserErrorException>(() => SafetensorsFile.Read(file.Path)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_000_001UL, "at most 100000000")]
    [InlineData(ulong.MaxValue, "at most 100000000")]
    [InlineData(1000UL, "only 8 follow")]
    public void A_header_length_beyond_limit_or_file_is_refused_before_anything_is_read(ulong length, string says)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(file.Path, bytes);
        Assert.Contains(says, Assert.Throws<UserErrorException>(() => SafetensorsFile.Read(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_damaged_file_gets_through_or_fails_otherwise()
    {
        SafetensorsFile
            .Write(file.Path, [new NamedTensor("a", [3], [1, 2, 3]), new NamedTensor("b", [2, 2], [4, 5, 6, 7], TensorPrecision.Bits16)],
            new Dictionary<string, string> { ["k"] = "v" });
        var good = File.ReadAllBytes(file.Path);
        var header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(good);
        var random = new SeededRandom(1, "mutants");
        for (var i = 0; i < 300; i++)
        {
            var bad = (byte[])good.Clone();
            if (i % 3 == 0) bad = bad[..random.NextInt(bad.Length)];
            else bad[random.NextInt(header)] ^= (byte)(1 << random.NextInt(8));
            File.WriteAllBytes(file.Path, bad);
            try
            {
                // A flipped bit may give another valid name or text; a cut file never reads.
                SafetensorsFile.Read(file.Path);
                Assert.NotEqual(0, i % 3);
            }
            catch (UserErrorException)
            {
            }
        }
    }

    private SafetensorsContent Read(string header, int dataBytes)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, json.Length);
        json.CopyTo(bytes, 8);
        File.WriteAllBytes(file.Path, bytes);
        return SafetensorsFile.Read(file.Path);
    }
}
