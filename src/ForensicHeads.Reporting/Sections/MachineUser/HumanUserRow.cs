namespace ForensicHeads.Reporting.Sections.MachineUser;

/// <summary>What human raters reached in the machine-USER's task: of three sequences of one person, two real and one generated, they picked the generated one. Chance is one third.</summary>
public sealed record HumanUserRow
{
    /// <summary>What raters are called beside the detectors.</summary>
    public const string Name = "people";

    private static readonly string[] Columns = ["rater", "mode", "shots", "picked", "shown"];

    /// <summary><c>ff</c> or <c>ft</c>.</summary>
    public required Method Mode { get; init; }

    /// <summary>Shot count T.</summary>
    public required int Shots { get; init; }

    /// <summary>Raters.</summary>
    public int NRaters { get; init; }

    /// <summary>Triplets shown, over all raters.</summary>
    public int NTriplets { get; init; }

    /// <summary>Share of triplets in which the generated one was picked.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Lower 95 % limit (Korn and Graubard over raters).</summary>
    public double? CiLow { get; init; }

    /// <summary>Upper 95 % limit.</summary>
    public double? CiHigh { get; init; }

    /// <summary>Reads a rating study: CSV with the columns rater, mode, shots, picked, shown; one line a rater, mode and shot count.</summary>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="csv">Its text.</param>
    /// <exception cref="UserErrorException">A column is missing, a number is none, or more was picked than shown.</exception>
    public static IReadOnlyList<HumanUserRow> Read(string name, string csv)
    {
        var table = FigureTable.Parse(Path.GetFileNameWithoutExtension(name), csv);
        if (Columns.FirstOrDefault(column => !table.Columns.Contains(column)) is { } missing)
            throw new UserErrorException($"{name} has no column {missing}. A rating study has the columns {string.Join(", ", Columns)}: one line a rater, mode (ff or ft) and shot count, with how many triplets were shown and in how many the generated one was picked.");
        var lines = Enumerable.Range(0, table.Rows.Count).Select(row => (Row: row, Rater: table.Text(row, "rater"), Mode: table.Text(row, "mode"), Shots: Whole(row, "shots"), Picked: Whole(row, "picked"), Shown: Whole(row, "shown"))).ToArray();
        foreach (var line in lines)
        {
            if (OriginText.ModeOf(line.Mode) is null) throw Wrong(line.Row, $"mode \"{line.Mode}\" is neither ff nor ft");
            if (line.Shots < 1 || line.Picked < 0 || line.Picked > line.Shown) throw Wrong(line.Row, $"{line.Picked} picked of {line.Shown} shown at {line.Shots} shots cannot be");
        }

        return [.. lines.GroupBy(line => (Mode: Method.Of(line.Mode), line.Shots)).OrderBy(cell => cell.Key.Mode).ThenBy(cell => cell.Key.Shots).Select(cell =>
        {
            var raters = cell.GroupBy(line => line.Rater, StringComparer.Ordinal).Select(rater => (rater.Sum(line => line.Picked), rater.Sum(line => line.Shown))).ToArray();
            var share = ClusteredProportion.Share(raters);
            return new HumanUserRow { Mode = cell.Key.Mode, Shots = cell.Key.Shots, NRaters = raters.Length, NTriplets = raters.Sum(rater => rater.Item2), Accuracy = share.Value, CiLow = share.Low, CiHigh = share.High };
        })];

        int Whole(int row, string column) => table.Number(row, column) is { } value && value == Math.Floor(value) && Math.Abs(value) < 1e9 ? (int)value : throw Wrong(row, $"{column} \"{table.Text(row, column)}\" is not a whole number");

        UserErrorException Wrong(int row, string what) => new($"{name}, line {row + 2}: {what}. Mend the line and try again.");
    }
}
