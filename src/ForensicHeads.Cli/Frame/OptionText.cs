using System.Collections;
using System.Globalization;

namespace ForensicHeads.Cli.Frame;

/// <summary>The words of the command line as values, and values as the words one would type.</summary>
internal static class OptionText
{
    /// <summary>The value that words stand for.</summary>
    /// <param name="option">Its name, for messages.</param>
    /// <param name="words">One, or for an array one or more, which are taken apart at their commas.</param>
    /// <param name="type">Text, a number, an enumeration, or an array of these.</param>
    /// <param name="among">The words that are known; null where any may be.</param>
    /// <exception cref="UserErrorException">A word that is none.</exception>
    public static object Read(string option, string[] words, Type type, IReadOnlyList<string>? among)
    {
        if (type.GetElementType() is not { } element) return One(option, words.Single(), Nullable.GetUnderlyingType(type) ?? type, among);
        var members = Array.ConvertAll([.. words.SelectMany(word => Members(option, word))], member => One(option, member, element, among));
        var values = Array.CreateInstance(element, members.Length);
        members.CopyTo(values, 0);
        return values;
    }

    /// <summary>The members of <c>ff,ft</c>.</summary>
    /// <exception cref="UserErrorException">One is empty.</exception>
    public static string[] Members(string option, string word)
    {
        var members = word.Split(',', StringSplitOptions.TrimEntries);
        return members.All(member => member.Length > 0) ? members
            : throw new UserErrorException(
                $"{option} is '{word}', which has an empty member; write one comma between two members and none at the end.", exitCode: 2);
    }

    /// <summary>A value as one would type it; empty for null and for an empty list.</summary>
    public static string Show(object? value) => value switch
    {
        null => "",
        string text => text,
        bool or Enum => value.ToString()!.ToLowerInvariant(),
        double number => number.ToString(CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal),
        IEnumerable many => string.Join(' ', many.Cast<object?>().Select(Show)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>The names of an enumeration, or of one in an array, in lower case; null for another type.</summary>
    public static string[]? NamesOf(Type type)
    {
        var one = Nullable.GetUnderlyingType(type) ?? type.GetElementType() ?? type;
        return one.IsEnum ? Array.ConvertAll(Enum.GetNames(one), name => name.ToLowerInvariant()) : null;
    }

    private static object One(string option, string word, Type type, IReadOnlyList<string>? among)
    {
        if (among is not null) word = among.FirstOrDefault(name => name.Equals(word, StringComparison.OrdinalIgnoreCase))
            ?? throw Wrong($"choose from {string.Join(", ", among)}.{NearestName.Suggestion(word, among)}");
        if (type == typeof(string)) return word;
        if (type.IsEnum) return Enum.Parse(type, word, ignoreCase: true);
        if (type == typeof(double))
        {
            if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
            var pointed = word.Replace(',', '.');
            throw Wrong(double.TryParse(pointed, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                ? $"write it with a point: {pointed}." : "give a number, such as 7.5.");
        }

        if (!Int128.TryParse(word, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole)) throw Wrong("give a whole number.");
        var most = type == typeof(long) ? long.MaxValue : int.MaxValue;
        if (Int128.Abs(whole) > most) throw Wrong($"allowed is -{most} to {most}.");
        return type == typeof(long) ? (object)(long)whole : (int)whole;

        UserErrorException Wrong(string advice) => new($"{option} is '{word}'; {advice}", exitCode: 2);
    }
}
