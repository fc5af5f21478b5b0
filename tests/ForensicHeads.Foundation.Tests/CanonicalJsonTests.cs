using System.Text.Json;

namespace ForensicHeads.Foundation.Tests;

public sealed class CanonicalJsonTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    private enum Kind
    {
        FirstOne,
    }

    public void Dispose() => File.Delete(file);

    [Fact]
    public void Names_are_snake_case_nulls_stay_and_lines_end_in_line_feeds() =>
        Assert.Equal("{\n  \"a_number\": 0.1,\n  \"no_text\": null,\n  \"kind\": \"first_one\"\n}\n",
            CanonicalJson.ToText(new Sample(0.1, null, Kind.FirstOne)));

    [Fact]
    public void One_line_stays_one_line_and_letters_stay_letters()
    {
        Assert.Equal("{\"a_number\":2,\"no_text\":\"zoë → x\",\"kind\":\"first_one\"}",
            CanonicalJson.ToLine(new Sample(2, "zoë → x", Kind.FirstOne)));
        Assert.DoesNotContain('\n', CanonicalJson.ToLine("a\nb"));
    }

    [Fact]
    public void Every_double_comes_back_bit_for_bit()
    {
        var random = new SeededRandom(1, "doubles");
        double[] numbers =
            [0, -0.0, 0.1, 1.0 / 3, double.MaxValue, double.Epsilon, 1e-300,
            .. Enumerable.Range(0, 1000).Select(_ => random.Gaussian(0, Math.Exp(random.Uniform(-50, 50))))];
        var back = JsonSerializer.Deserialize<double[]>(CanonicalJson.ToLine(numbers), CanonicalJson.Line)!;
        Assert.Equal(numbers.Select(BitConverter.DoubleToInt64Bits), back.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void Every_float_comes_back_bit_for_bit()
    {
        var random = new SeededRandom(1, "floats");
        var numbers = Enumerable.Range(0, 1000).Select(_ => (float)random.Gaussian()).ToArray();
        Assert.Equal(numbers, JsonSerializer.Deserialize<float[]>(CanonicalJson.ToLine(numbers), CanonicalJson.Line));
    }

    [Fact]
    public void Dictionary_keys_are_left_as_they_are() =>
        Assert.Equal("{\"NotSnake\":1}", CanonicalJson.ToLine(new Dictionary<string, int> { ["NotSnake"] = 1 }));

    [Theory]
    [InlineData("{\"a_number\": 1, \"surplus\": 2}", "surplus")]
    [InlineData("{\"a_number\": \"one\"}", "a_number")]
    [InlineData("null", "null")]
    [InlineData("{\"a_number\": 1", "is not a valid sample file")]
    [InlineData("", "is not a valid sample file")]
    public void A_file_of_another_form_is_refused_and_named(string text, string says)
    {
        File.WriteAllText(file, text);
        var error = Assert.Throws<UserErrorException>(() => CanonicalJson.Read<Sample>(file));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void From_strangers_a_null_is_taken_only_where_it_may_stand()
    {
        Assert.Contains("name",
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Named>("{\"name\": null}", CanonicalJson.Foreign)).Message,
            StringComparison.Ordinal);
        Assert.Null(JsonSerializer.Deserialize<Named>("{\"name\": \"a\", \"remark\": null}", CanonicalJson.Foreign)!.Remark);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_read()
    {
        File.WriteAllText(file, "{ // a comment\n \"a_number\": 3, }");
        Assert.Equal(3, CanonicalJson.Read<Sample>(file).ANumber);
    }

    [Fact]
    public void A_missing_file_is_an_error_the_user_can_mend() =>
        Assert.Throws<UserErrorException>(() => CanonicalJson.Read<Sample>(file + ".none"));

    private sealed record Sample(double ANumber, string? NoText, Kind Kind);

    private sealed record Named(string Name, string? Remark);
}
