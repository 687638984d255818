#include "language_tag.hpp"

#include <algorithm>
#include <cctype>

#include "text.hpp"

namespace gemlive::settings {
namespace {

struct Language {
    const char *name;
    const char *iso_639_3;
    const char *tag;
};

constexpr Language languages[] = {
    {"afrikaans", "afr", "af"}, {"albanian", "sqi", "sq"}, {"amharic", "amh", "am"}, {"arabic", "ara", "ar"},
    {"armenian", "hye", "hy"}, {"assamese", "asm", "as"}, {"azerbaijani", "aze", "az"}, {"basque", "eus", "eu"},
    {"belarusian", "bel", "be"}, {"bengali", "ben", "bn"}, {"bosnian", "bos", "bs"}, {"bulgarian", "bul", "bg"},
    {"burmese", "mya", "my"}, {"catalan", "cat", "ca"}, {"croatian", "hrv", "hr"}, {"chinese", "zho", "zh"},
    {"czech", "ces", "cs"}, {"danish", "dan", "da"}, {"dutch", "nld", "nl"}, {"english", "eng", "en"},
    {"estonian", "est", "et"}, {"filipino", "fil", "fil"}, {"finnish", "fin", "fi"}, {"french", "fra", "fr"},
    {"galician", "glg", "gl"}, {"georgian", "kat", "ka"}, {"german", "deu", "de"}, {"greek", "ell", "el"},
    {"gujarati", "guj", "gu"}, {"hebrew", "heb", "he"}, {"hindi", "hin", "hi"}, {"hungarian", "hun", "hu"},
    {"icelandic", "isl", "is"}, {"indonesian", "ind", "id"}, {"irish", "gle", "ga"}, {"italian", "ita", "it"},
    {"japanese", "jpn", "ja"}, {"javanese", "jav", "jv"}, {"kannada", "kan", "kn"}, {"kazakh", "kaz", "kk"},
    {"khmer", "khm", "km"}, {"korean", "kor", "ko"}, {"lao", "lao", "lo"}, {"latvian", "lav", "lv"},
    {"lithuanian", "lit", "lt"}, {"macedonian", "mkd", "mk"}, {"malay", "msa", "ms"}, {"malayalam", "mal", "ml"},
    {"maltese", "mlt", "mt"}, {"mandarin", "cmn", "cmn"}, {"marathi", "mar", "mr"}, {"mongolian", "mon", "mn"},
    {"nepali", "nep", "ne"}, {"norwegian", "nor", "no"}, {"oriya", "ori", "or"}, {"pashto", "pus", "ps"},
    {"persian", "fas", "fa"}, {"polish", "pol", "pl"}, {"portuguese", "por", "pt"}, {"punjabi", "pan", "pa"},
    {"romanian", "ron", "ro"}, {"russian", "rus", "ru"}, {"serbian", "srp", "sr"}, {"sindhi", "snd", "sd"},
    {"sinhala", "sin", "si"}, {"slovak", "slk", "sk"}, {"slovenian", "slv", "sl"}, {"somali", "som", "so"},
    {"spanish", "spa", "es"}, {"sundanese", "sun", "su"}, {"swahili", "swa", "sw"}, {"swedish", "swe", "sv"},
    {"tamil", "tam", "ta"}, {"telugu", "tel", "te"}, {"thai", "tha", "th"}, {"turkish", "tur", "tr"},
    {"ukrainian", "ukr", "uk"}, {"urdu", "urd", "ur"}, {"uzbek", "uzb", "uz"}, {"vietnamese", "vie", "vi"},
    {"welsh", "cym", "cy"}, {"xhosa", "xho", "xh"}, {"yiddish", "yid", "yi"}, {"yoruba", "yor", "yo"},
    {"zulu", "zul", "zu"},
};

constexpr size_t longest_subtag = 8;

// The primary subtag of a language that was written as its name, or as a longer code than it needs.
std::string primary_of(const std::string &word)
{
    const auto found = std::find_if(std::begin(languages), std::end(languages), [&word](const Language &language) {
        return word == language.name || word == language.iso_639_3;
    });
    return found == std::end(languages) ? word : found->tag;
}

bool is_all(const std::string &subtag, int (*kind)(int))
{
    return std::all_of(subtag.begin(), subtag.end(), [kind](unsigned char c) { return c < 0x80 && kind(c) != 0; });
}

// Title case for a script, upper case for a region, lower case for everything else.
std::string in_its_case(std::string subtag)
{
    const bool letters = is_all(subtag, std::isalpha);
    const auto upper = [](unsigned char c) { return static_cast<char>(std::toupper(c)); };
    if (letters && subtag.size() == 2) {
        std::transform(subtag.begin(), subtag.end(), subtag.begin(), upper);
    } else if (letters && subtag.size() == 4) {
        subtag[0] = upper(static_cast<unsigned char>(subtag[0]));
    }
    return subtag;
}

}  // namespace

Error normalise_language_tag(std::string_view given, std::string &out)
{
    const auto refuse = [given] {
        return Error(Status::invalid_argument, '"' + std::string(given) + "\" is no language: it takes a BCP 47 code, such as "
                                                                         "de-DE, or the English name of a language");
    };
    std::string text = lower_case(std::string(given));
    std::replace(text.begin(), text.end(), '_', '-');
    std::string tag;
    bool behind_singleton = false;  // of an extension, whose parts keep their case
    for (size_t begin = 0; begin <= text.size();) {
        const size_t end = std::min(text.find('-', begin), text.size());
        const std::string subtag = text.substr(begin, end - begin);
        if (begin == 0) {
            tag = primary_of(subtag);
            if (tag.size() < 2 || tag.size() > 3 || !is_all(tag, std::isalpha)) {
                return refuse();
            }
        } else {
            if (subtag.empty() || subtag.size() > longest_subtag || !is_all(subtag, std::isalnum)) {
                return refuse();
            }
            behind_singleton = behind_singleton || subtag.size() == 1;
            tag += '-' + (behind_singleton ? subtag : in_its_case(subtag));
        }
        begin = end + 1;
    }
    out = std::move(tag);
    return {};
}

}  // namespace gemlive::settings
