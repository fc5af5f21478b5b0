namespace ForensicHeads.Neural.Tests.Files;

public sealed class RowCodesTests : IDisposable
{
    private readonly TestFolder folder = new();

    private string File => folder["x.safetensors"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Values_come_back_within_half_a_step_of_their_row()
    {
        var random = new SeededRandom(1, "codes");
        float[] values = [.. Enumerable.Range(0, 3 * 40).Select(i => (float)random.Gaussian() * (i < 40 ? 1e-4f : i < 80 ? 0 : 50))];
        SafetensorsFile.Write(File, [new NamedTensor("w", [3, 5, 8], values, TensorPrecision.Bits8), new NamedTensor("b", [1], [0.1f])],
            new Dictionary<string, string>());
        var content = SafetensorsFile.Read(File);
        Assert.Equal(["b", "w"], content.Tensors.Keys.Order());
        var read = content.Tensors["w"];
        Assert.Equal([3, 5, 8], read.Shape);
        for (var row = 0; row < 3; row++)
        {
            var own = values[(row * 40)..((row + 1) * 40)];
            var largest = own.Max(Math.Abs);
            for (var i = 0; i < 40; i++) Assert.InRange(Math.Abs(read.Values[(row * 40) + i] - own[i]), 0, largest / 254 * 1.0001f);
            var at = Array.FindIndex(own, value => Math.Abs(value) == largest);
            Assert.Equal(own[at], read.Values[(row * 40) + at], largest * 1e-6f);
        }

        // A byte a value, a float a row.
        Assert.InRange(new FileInfo(File).Length, 120 + 12 + 4, 120 + 12 + 4 + 600);
    }

    [Theory]
    [InlineData("\"w\":{\"dtype\":\"I8\",\"shape\":[2,2],\"data_offsets\":[0,4]}", 4)]
    [InlineData(
        "\"w\":{\"dtype\":\"I8\",\"shape\":[2,2],\"data_offsets\":[0,4]},"
        + "\"w.row_scale\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}", 8)]
    [InlineData(
        "\"w\":{\"dtype\":\"I8\",\"shape\":[2,2],\"data_offsets\":[0,4]},"
        + "\"w.row_scale\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[4,8]}", 8)]
    [InlineData("\"w\":{\"dtype\":\"I8\",\"shape\":[],\"data_offsets\":[0,1]}", 1)]
    public void Codes_without_a_step_for_each_row_are_refused(string header, int bytes)
    {
        var json = System.Text.Encoding.UTF8.GetBytes("{" + header + "}");
        System.IO.File.WriteAllBytes(File, [.. BitConverter.GetBytes((long)json.Length), .. json, .. new byte[bytes]]);
        Assert.Contains("'w' has type I8 without a float for each of its rows in 'w.row_scale'",
            Assert.Throws<UserErrorException>(() => SafetensorsFile.Read(File)).Message, StringComparison.Ordinal);
    }
}
