namespace ForensicHeads.Detector.Model;

/// <summary>
/// Weights under which the two classes count the same, within a class every person the same, and within a person every mode and shot
/// count the same; a row's own weight only shifts the balance inside that last group. The weights' mean is 1.
/// </summary>
internal static class ExampleWeights
{
    public static float[] Of(IReadOnlyList<LabelledFeatures> rows)
    {
        var weights = new float[rows.Count];
        var classes = Enumerable.Range(0, rows.Count).GroupBy(i => rows[i].Generated).ToArray();
        foreach (var side in classes)
        {
            var people = side.GroupBy(i => rows[i].Identity, StringComparer.Ordinal).ToArray();
            foreach (var person in people)
            {
                var cells = person.GroupBy(i => (rows[i].Origin.Mode, rows[i].Origin.Shots, rows[i].Share)).ToArray();
                foreach (var cell in cells)
                {
                    var share = (double)rows.Count / classes.Length / people.Length / cells.Length;
                    var total = cell.Sum(i => (double)rows[i].Weight);
                    foreach (var i in cell) weights[i] = (float)(share * rows[i].Weight / total);
                }
            }
        }

        return weights;
    }
}
