using System.Text.Json;

namespace ForensicHeads.Foundation.Tests;

public class JsonFaultTests
{
    [Theory]
    [InlineData("""{ "name": "x", "sed": 1 }""", "the name 'sed' is not known here.")]
    [InlineData("{}", "left out, but needed: 'name'.")]
    [InlineData("""{ "name": 3 }""", "the value is not a text. It is at $.name, line 1.")]
    [InlineData("{ \"name\": \"x\",\n\"count\": \"many\" }", "the value is not a whole number. It is at $.count, line 2.")]
    [InlineData("""{ "name": "x", "share": [] }""", "the value is not a number. It is at $.share, line 1.")]
    [InlineData("""{ "name": "x", "day": "no day" }""", "the value is not what belongs there. It is at $.day, line 1.")]
    [InlineData("""{ "name": "x", "end": "no_end" }""", "the value is not one of open_end, dead_end. It is at $.end, line 1.")]
    [InlineData("""{ "name": "x", "is_on": 1 }""", "the value is not true or false. It is at $.is_on, line 1.")]
    public void A_fault_names_the_place_and_no_type(string json, string says) => Assert.Equal(says, Fault(json));

    [Fact]
    public void A_slip_of_the_pen_names_its_line()
    {
        var fault = Fault("{\n\"name\": oops }");
        Assert.Contains("'o' is an invalid start of a value.", fault, StringComparison.Ordinal);
        Assert.EndsWith("It is at $.name, line 2.", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_reader_of_our_own_says_is_left_as_it_is() =>
        Assert.Equal("the file holds null.", new JsonException("the file holds null").Describe());

    private static string Fault(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Form>(json, CanonicalJson.Line)).Describe();

    private enum End
    {
        OpenEnd,
        DeadEnd,
    }

    private sealed record Form
    {
        public required string Name { get; init; }

        public int Count { get; init; }

        public double? Share { get; init; }

        public DateOnly Day { get; init; }

        public End End { get; init; }

        public bool IsOn { get; init; }
    }
}
