using System.Diagnostics;

namespace ForensicHeads.Neural.Tests.Files;

public sealed class SafetensorsFileTests : IDisposable
{
    // An independent reader of the format: struct and json alone.
    private const string Reader = """
        import json, struct, sys
        raw = open(sys.argv[1], 'rb').read()
        (n,) = struct.unpack('<Q', raw[:8])
        head, data = json.loads(raw[8:8 + n]), raw[8 + n:]
        about = head.pop('__metadata__')
        out = {'about': about, 'aligned': n % 8 == 0}
        for name, t in head.items():
            a, b = t['data_offsets']
            size, code = (4, 'f') if t['dtype'] == 'F32' else (2, 'e')
            out[name] = [t['shape']] + list(struct.unpack('<%d%s' % ((b - a) // size, code), data[a:b]))
        print(json.dumps(out, sort_keys=True, ensure_ascii=False))
        """;

    private readonly TemporaryFile file = new();
    private readonly Dictionary<string, string> about = new() { ["zeta"] = "last", ["alpha"] = "zoë \"quoted\"\n" };

    public void Dispose() => file.Dispose();

    [Fact]
    public void Full_precision_comes_back_bit_for_bit_with_shapes_and_metadata()
    {
        float[] values = [0, -0f, 1.5f, float.Epsilon, float.MaxValue, -1f / 3];
        SafetensorsFile.Write(file.Path,
            [new NamedTensor("a", [2, 3], values), new NamedTensor("scalar", [], [7]), new NamedTensor("none", [0, 4], [])], about);
        var read = SafetensorsFile.Read(file.Path);
        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), read.Tensors["a"].Values.Select(BitConverter.SingleToInt32Bits));
        Assert.Equal([2L, 3L], read.Tensors["a"].Shape);
        Assert.Equal([7f], read.Tensors["scalar"].Values);
        Assert.Empty(read.Tensors["none"].Values);
        Assert.Equal(about, read.Metadata);
    }

    [Fact]
    public void Half_precision_comes_back_rounded_to_the_nearest_half()
    {
        var values = Tiny.Values("half", 100);
        SafetensorsFile.Write(file.Path, [new NamedTensor("a", [100], values, TensorPrecision.Bits16)], about);
        var read = SafetensorsFile.Read(file.Path).Tensors["a"];
        Assert.True(read.Half);
        Assert.Equal(values.Select(value => (float)(Half)value), read.Values);
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes_whatever_the_order_of_the_metadata()
    {
        using var other = new TemporaryFile();
        NamedTensor[] tensors = [new("b", [2], [1, 2]), new("a", [1], [3], TensorPrecision.Bits16)];
        SafetensorsFile.Write(file.Path, tensors, about);
        SafetensorsFile.Write(other.Path, tensors, about.Reverse().ToDictionary());
        Assert.Equal(File.ReadAllBytes(file.Path), File.ReadAllBytes(other.Path));
    }

    [Fact]
    public void Another_programs_reader_finds_the_same_values()
    {
        const string Python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(Python), "there is no python3 here");
        SafetensorsFile.Write(file.Path,
            [new NamedTensor("b", [3], [1.5f, -2, 0.25f]), new NamedTensor("a", [2, 1], [0.5f, 65504], TensorPrecision.Bits16)], about);
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", Reader, file.Path]) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal("""{"a": [[2, 1], 0.5, 65504.0], "about": {"alpha": "zoë \"quoted\"\n", "zeta": "last"}, "aligned": true, "b": [[3], 1.5, -2.0, 0.25]}""", text.Trim());
    }

    [Fact]
    public void Two_tensors_of_one_name_and_a_length_that_is_not_the_shapes_are_refused_when_writing()
    {
        Assert.Throws<ArgumentException>(() =>
            SafetensorsFile.Write(file.Path, [new NamedTensor("a", [1], [1]), new NamedTensor("a", [1], [2])], about));
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(file.Path, [new NamedTensor("a", [2], [1])], about));
        Assert.False(File.Exists(file.Path));
    }

    [Fact]
    public void A_missing_file_is_an_error_the_user_can_mend() => Assert.Throws<UserErrorException>(() => SafetensorsFile.Read(file.Path));
}
