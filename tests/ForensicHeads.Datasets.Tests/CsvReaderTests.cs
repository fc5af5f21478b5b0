namespace ForensicHeads.Datasets.Tests;

public class CsvReaderTests
{
    [Fact]
    public void Quotes_commas_line_ends_and_both_ends_of_line_are_read()
    {
        var table =
            CsvReader.Parse("\uFEFFfile,identity,licence\r\na.mp4,Ann,\"CC BY 4.0, \"\"Ann\"\"\"\n\n\"b\nc.mp4\",,x\nd.mp4,Dan,", "m.csv");
        Assert.Equal(["file", "identity", "licence"], table.Header);
        Assert.Equal(["a.mp4", "b\nc.mp4", "d.mp4"], table.Rows.Select(row => row["file"]));
        Assert.Equal("CC BY 4.0, \"Ann\"", table.Rows[0]["licence"]);
        Assert.Equal(["Ann", "", "Dan"], table.Rows.Select(row => row["identity"]));
        Assert.Equal([2, 4, 6], table.Rows.Select(row => row.Line));
        Assert.Null(table.Rows[0]["group"]);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("a,a\n", "names the column 'a' twice")]
    [InlineData("a,b\n1\n", "line 2: 1 cells where the header has 2")]
    [InlineData("a,b\n1,2,3\n", "line 2: 3 cells where the header has 2")]
    [InlineData("a\nx\"y\n", "line 2: a quote inside the unquoted cell")]
    [InlineData("a\n\"x\"y\n", "line 2: 'y' follows a closing quote")]
    [InlineData("a\n1\n\"x\n\n", "line 3: a quote is opened and never closed")]
    [InlineData("a,b\n\"1\n2\",x\"y,\"z\"\n", "line 3: a quote inside the unquoted cell 'x\"y'")]
    [InlineData("a\n\"x\n\"\"\n\"y", "line 4: 'y' follows a closing quote")]
    [InlineData("a\n\"x\"\"", "line 2: a quote is opened and never closed")]
    [InlineData("a\n\"", "line 2: a quote is opened and never closed")]
    public void Anything_else_is_refused_with_its_line(string text, string message) =>
        Assert.Contains(message, Assert.Throws<UserErrorException>(() => CsvReader.Parse(text, "m.csv")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_quote_that_swallows_more_than_a_row_may_hold_is_refused_with_its_line() =>
        Assert.Contains(
            "m.csv, line 3: the row is longer than 16777216 characters",
            Assert.Throws<UserErrorException>(() => CsvReader.Parse("a\n1\n\"" + new string('x', 1 << 25), "m.csv")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        using var folder = new TestFolder();
        File.WriteAllBytes(folder["m.csv"], [0x61, 0x0A, 0xE4, 0x0A]);
        Assert.Contains("is not UTF-8", Assert.Throws<UserErrorException>(() => CsvReader.Read(folder["m.csv"])).Message,
            StringComparison.Ordinal);
        Assert.Contains("Cannot read", Assert.Throws<UserErrorException>(() => CsvReader.Read(folder["none.csv"])).Message,
            StringComparison.Ordinal);
    }
}
