namespace ForensicHeads.Reporting.Html;

/// <summary>Writes results.json, report.json, figures/ and report.html. The same inputs give the same bytes.</summary>
public static class ReportWriter
{

    /// <summary>Writes the whole report into <paramref name="folder"/>.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="results">The numbers.</param>
    /// <param name="inputs">What the report holds besides.</param>
    /// <param name="sections">What it is made of; <see cref="ReportSections.All"/> where left out.</param>
    /// <returns>The path of report.html.</returns>
    /// <exception cref="UserErrorException">The folder cannot be written.</exception>
    public static string Write(string folder, ExperimentResults results, ReportInputs inputs,
        IReadOnlyList<IReportSection>? sections = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (var grid in inputs.Grids) AtomicFile.WriteBytes(folder, GridFile(grid.Name), grid.Png);
        AtomicFile.WriteText(folder, ExperimentResults.FileName, CanonicalJson.ToText(results));
        AtomicFile.WriteText(folder, "report.json", CanonicalJson.ToText(new ReportManifest
        {
            Title = inputs.Title,
            Command = inputs.Command,
            Environment = inputs.Environment,
            Hashes = inputs.Hashes,
            Training = inputs.Training,
            Tables = [.. inputs.Tables.Select(table => table.Name)],
            Grids = [.. inputs.Grids.Select(grid => new ReportManifest.GridEntry(grid.Name, grid.Caption))],
        }));
        return Render(folder, results, inputs, sections ?? ReportSections.All);
    }

    /// <summary>Makes figures and page again from results.json, report.json and the CSV and PNG files under figures/.</summary>
    /// <returns>The path of report.html.</returns>
    /// <exception cref="UserErrorException">One of these files is missing or damaged.</exception>
    public static string Rebuild(string folder)
    {
        var results = ExperimentResults.Read(folder);
        var manifest = CanonicalJson.Read<ReportManifest>(folder, "report.json");
        return Render(folder, results, new ReportInputs
        {
            Title = manifest.Title,
            Command = manifest.Command,
            Environment = manifest.Environment,
            Hashes = manifest.Hashes,
            Training = manifest.Training,
            Tables = [.. manifest.Tables.Select(name =>
                Table(folder, PathPart.Checked(name, $"{Path.Combine(folder, "report.json")} names the table")))],
            Grids = [.. manifest.Grids.Select(grid => new GridPicture(grid.Name, grid.Caption, ReadBytes(folder, GridFile(grid.Name))))],
        }, ReportSections.All);
    }

    /// <summary>Puts what human raters reached into results.json and makes figures and page again.</summary>
    /// <param name="folder">The report's folder.</param>
    /// <param name="people">Their rows; take the place of earlier ones.</param>
    /// <returns>The path of report.html.</returns>
    public static string Rebuild(string folder, IReadOnlyList<HumanUserRow> people)
    {
        AtomicFile.WriteText(folder, ExperimentResults.FileName,
            CanonicalJson.ToText(ExperimentResults.Read(folder) with { HumanUser = people }));
        return Rebuild(folder);
    }

    private static string Render(string folder, ExperimentResults results, ReportInputs inputs, IReadOnlyList<IReportSection> sections)
    {
        var kinds = sections.SelectMany(section => section.Figures).ToDictionary(figure => figure.Kind, StringComparer.Ordinal);
        FigureFile[] figures = [.. sections.SelectMany(section => section.Tables(results)).Concat(inputs.Tables)
            .Select(table => FigureWriter.Write(folder, table, figure: kinds.GetValueOrDefault(table.Kind))).OfType<FigureFile>()];
        AtomicFile.WriteText(folder, "report.html", ReportPage.Compose(results, inputs, sections, figures));
        return Path.Combine(folder, "report.html");
    }

    private static FigureTable Table(string folder, string name) =>
        FigureTable.Parse(name, System.Text.Encoding.UTF8.GetString(ReadBytes(folder, $"figures/{name}.csv")));

    private static string GridFile(string name) => $"figures/{PathPart.Of(FigureTable.Slug(name))}.png";

    private static byte[] ReadBytes(string folder, string name)
    {
        try
        {
            return PlainFile.ReadBytes(folder, name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"Cannot read {Path.Combine(folder, name)}: {error.Message} Restore the file or run the experiment again.", inner: error);
        }
    }
}
